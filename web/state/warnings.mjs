// SPDX-License-Identifier: GPL-3.0-or-later
// Warnings: those that the program read, and those that the engine has of limits and wishes as they are now.

export const inText = (w) => `${w.code}: ${w.message}`;

/** The engine's, of limits and of wishes: "CODE: message". */
export const warned = (engine) => [0, 1].flatMap((k) => engine.words('warnings', k));

/** Those that hang neither on limits nor on wishes; own: the engine's, which do not say where in a file a limit stands. */
export const ofReading = (warnings, own) => warnings.filter((w) => w.code !== 'W_SCALE' && !own.some((x) => x.startsWith(`${w.code}: `) && inText(w).endsWith(x.slice(w.code.length + 2))));
