// A fresh clone has no custom-elements.json: whoever needs it makes it first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync('custom-elements.json')) process.exit(spawnSync('npm', ['run', '--silent', 'generate'], { stdio: 'inherit' }).status ?? 1);
