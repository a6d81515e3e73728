// The script of every page. Pages are whole without it; it saves clicks and keystrokes.

import "htmx.org";

import { dialogs } from "./scripts/dialogs";
import { forms } from "./scripts/forms";
import { shell } from "./scripts/shell";
import { tables } from "./scripts/tables";

for (const start of [shell, dialogs, forms, tables]) start();
