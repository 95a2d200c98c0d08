#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The lines for Slurm of "tradeoff help large" on a Slurm of this machine: munge, a controller and two nodes, each a process of this
# script, on ports of the loopback; gives the bytes of one run. Then mpirun in an allocation of both nodes. As root (slurmd starts jobs
# as their owners), or in a container. make cluster (TRADEOFF: the program; TRADEOFF_MPI: that of make MPI=1). Needs Debian's slurm-wlm and munge; without them it says so, and that is no failure.
set -u
: "${TRADEOFF:?set TRADEOFF to the program}"
top=$(cd "$(dirname "$0")/../.." && pwd)
for needed in munged slurmctld slurmd sbatch; do
    PATH=$PATH:/usr/sbin command -v $needed >/dev/null || { echo "1..0 # SKIP no $needed: apt-get install slurm-wlm munge"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo "1..0 # SKIP nodes start jobs as their owners: run it as root, in a container"; exit 0; }
PATH=$PATH:/usr/sbin
work=$(mktemp -d) || exit 4
chmod 755 "$work"
pids=
end() {
    for pid in $pids; do kill "$pid" 2>/dev/null; done
    for pid in $pids; do wait "$pid" 2>/dev/null; done
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM
fail() {
    echo "not ok 1 - $1"
    tail -n 5 "$work"/*.log | sed 's/^/# /'
    exit 1
}

mkdir "$work/munge" "$work/state" "$work/one" "$work/two" "$work/bin" "$work/run"
dd if=/dev/urandom of="$work/munge/key" bs=128 count=1 2>/dev/null && chmod 600 "$work/munge/key"
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" \
    --seed-file="$work/munge/seed" --log-file="$work/munge.log" --num-threads=2 >"$work/munge.out.log" 2>&1 &
pids="$pids $!"

# Three ports that nobody listens on now.
ports=$(python3 -c 'import socket
s = [socket.socket() for _ in range(3)]
for x in s: x.bind(("127.0.0.1", 0))
print(*[x.getsockname()[1] for x in s])') || fail "ports"
set -- $ports
cat >"$work/slurm.conf" <<CONF
ClusterName=tradeoff
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
CommunicationParameters=NoInAddrAny
SlurmctldPort=$1
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/%n
SlurmctldPidFile=$work/ctld.pid
SlurmdPidFile=$work/%n.pid
SlurmctldLogFile=$work/ctld.log
SlurmdLogFile=$work/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SchedulerParameters=kill_invalid_depend,sched_interval=1,bf_interval=1,batch_sched_delay=0
NodeName=one NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$2 CPUs=1 RealMemory=100
NodeName=two NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$3 CPUs=1 RealMemory=100
PartitionName=all Nodes=one,two Default=YES MaxTime=5 State=UP OverSubscribe=NO
CONF
export SLURM_CONF="$work/slurm.conf"
i=0
while [ ! -S "$work/munge/socket" ]; do
    i=$((i + 1))
    [ $i -le 100 ] || fail "munge starts"
    sleep 0.1
done
slurmctld -D -f "$SLURM_CONF" >"$work/ctld.out.log" 2>&1 &
pids="$pids $!"
for node in one two; do
    slurmd -D -N $node -f "$SLURM_CONF" >"$work/$node.out.log" 2>&1 &
    pids="$pids $!"
done
i=0
while [ "$(sinfo -h -t idle -o %D 2>/dev/null)" != 2 ]; do
    i=$((i + 1))
    [ $i -le 300 ] || fail "two nodes are idle"
    sleep 0.1
done
echo "# slurm $(sinfo --version | sed 's/^slurm-wlm //'), $(sinfo -h -o %D) nodes"

# What help shows, as it stands there, but for the number of shards.
cp "$top"/scenarios/food-delivery/*.csv "$top"/scenarios/food-delivery/scenario.json "$work/run"
printf '#!/bin/sh\nexec %s "$@"\n' "$TRADEOFF" >"$work/bin/tradeoff" && chmod 755 "$work/bin/tradeoff"
export PATH="$work/bin:$PATH"
sed -n '/^## Slurm/,/^## GNU/s/^    //p' "$top/src/cli/help/large.md" | sed 's/^N=16/N=4/' >"$work/lines.sh"
cd "$work/run" && tradeoff run scenario.json -q --format json >one.json
(set +u; . "$work/lines.sh") >"$work/lines.log" 2>&1 || fail "the jobs are taken"
i=0
while [ -n "$(squeue -h)" ]; do
    i=$((i + 1))
    [ $i -le 600 ] || { squeue >"$work/squeue.log" 2>&1; fail "the jobs end"; }
    sleep 0.2
done
[ -e result.json ] || { cat slurm-*.out >"$work/jobs.log" 2>/dev/null; fail "the last merge writes the result"; }
python3 - one.json result.json <<'PY' || fail "the bytes of one run"
import sys
one, parts = (open(x, encoding="utf-8").read() for x in sys.argv[1:])
sys.exit(one != parts.replace(',\n  "next": null\n}', "\n}"))
PY
echo "ok 1 - an array, and the merge that waits for it, in three passes on two nodes: the bytes of one run"

# Two processes, one on each node; these are one host, and no other way than by TCP leads from one to the other.
if [ -x "${TRADEOFF_MPI:-}" ] && command -v mpirun >/dev/null; then
    two="mpirun -q --allow-run-as-root --mca btl tcp,self"
    sbatch --parsable -N 2 -n 2 -o mpi.out --wrap \
        "$two sh -c 'echo place \$OMPI_COMM_WORLD_LOCAL_RANK of its node'; $two '$TRADEOFF_MPI' run scenario.json -q -o mpi.json" \
        >"$work/lines.log" 2>&1
    i=0
    while [ -n "$(squeue -h)" ]; do
        i=$((i + 1))
        [ $i -le 300 ] || { squeue >"$work/squeue.log" 2>&1; fail "the processes end"; }
        sleep 0.2
    done
    cp mpi.out "$work/jobs.log" 2>/dev/null
    [ "$(grep -c '^place 0 of its node' mpi.out)" = 2 ] || fail "a process on each node"
    cmp one.json mpi.json >"$work/cmp.log" 2>&1 || fail "the bytes of one process by two under mpirun in an allocation"
    echo "ok 2 - mpirun in an allocation of two nodes: the bytes of one process"
else
    echo "ok 2 # SKIP no mpirun, or nothing built for it (make MPI=1)"
fi
echo "1..2"
