/** Files that `init` writes. Contract: one that is there is never changed, not even when it appears at this moment. */
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface NewFile {
  /** Relative to the root. */
  path: string;
  text: string;
}

/** Writes a file that is not there yet; false where it is. */
export async function writeNew(path: string, text: string, mode = 0o644): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx', mode).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    // Half a file would be kept by the next start as if a person had written it.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  // Whatever the umask takes away, a hook must be executable.
  if ((mode & 0o111) !== 0) await chmod(path, mode);
  return true;
}
