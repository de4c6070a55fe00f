/** Where instructions and functions stand in the sources, read from a module's debug metadata. Pure. */
import { isAbsolute, normalize, relative, resolve } from 'node:path';
import type { Place } from '../../domain/claim.js';
import { unescapeText } from './ir-tokens.js';
import type { IrModule } from './ir-module.js';

export interface SourceMap {
  /** Place of a metadata id; undefined where the compiler gave none. */
  find: (module: IrModule, id: string | undefined) => Place | undefined;
}

/** @param root paths below it become relative; others stay absolute */
export function makeSourceMap(root: string): SourceMap {
  const shorten = (path: string): string => {
    const short = relative(root, resolve(root, path));
    return short.startsWith('..') || isAbsolute(short) ? normalize(path) : short;
  };
  const fileOf = (module: IrModule, id: string | undefined): string | undefined => {
    const text = id === undefined ? undefined : module.metadata.get(id);
    if (text === undefined) return undefined;
    const name = /!DIFile\(filename: "([^"]*)"/.exec(text)?.[1];
    if (name === undefined) return undefined;
    const folder = /directory: "([^"]*)"/.exec(text)?.[1] ?? '';
    const path = unescapeText(name);
    return shorten(isAbsolute(path) ? path : resolve(root, unescapeText(folder), path));
  };
  const findFile = (module: IrModule, id: string | undefined, depth = 0): string | undefined => {
    const text = id === undefined ? undefined : module.metadata.get(id);
    if (text === undefined || depth > 64) return undefined;
    return fileOf(module, field(text, 'file')) ?? findFile(module, field(text, 'scope'), depth + 1);
  };
  return {
    find: (module, id) => {
      const text = id === undefined ? undefined : module.metadata.get(id);
      if (text === undefined) return undefined;
      const line = Number(/\bline: (\d+)/.exec(text)?.[1] ?? 0);
      const path = findFile(module, id);
      return line === 0 || path === undefined ? undefined : { path, line };
    },
  };
}

function field(text: string, name: string): string | undefined {
  return new RegExp(`\\b${name}: (!\\d+)`).exec(text)?.[1];
}
