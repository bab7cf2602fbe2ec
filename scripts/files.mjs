// Files below a folder by their ending. (fs.globSync does not exist on Node 20.)
import { existsSync, readdirSync } from 'node:fs';

export function filesBelow(folder, ending, except = () => false) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.replaceAll('\\', '/'))
    .filter((file) => !except(file))
    .sort();
}
