// SPDX-License-Identifier: GPL-3.0-or-later
// The page starts here; the same script is the worker of settler.mjs, where there is no document.
import { boot } from './boot.mjs';
import { serve } from './state/settler.mjs';

if (typeof document === 'undefined') serve(globalThis);
else boot();
