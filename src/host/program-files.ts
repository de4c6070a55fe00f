/**
 * Where this program's own files are. Contract: the same answer whether it runs from its sources or as it was built, and
 * wherever in the build a line of code ends up.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, and the one below it that this code runs from: dist/ or src/. */
function findFolders(): { packed: string; code: string } {
  let code = dirname(fileURLToPath(import.meta.url));
  for (let packed = dirname(code); packed !== code; code = packed, packed = dirname(packed))
    if (existsSync(join(packed, 'package.json'))) return { packed, code };
  throw new Error('the workbench lies in no folder with a package.json: its installation is damaged');
}

const { packed, code } = findFolders();

/** A file of the package, by its path from the top. */
export const packageFile = (path: string): string => join(packed, path);

/** A file of the program, by its path in src/. */
export const programFile = (path: string): string => join(code, path);

/** The workbench's name and version, as npm knows it. */
export function readPackage(): { name: string; version: string } {
  return JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { name: string; version: string };
}
