/**
 * What macOS says about a program in words: `codesign`, `csrutil`, and the folders under System Integrity Protection.
 * Pure functions over those words. The texts they were tried on are written by hand after Apple's documentation: this
 * project has no Mac to capture them on.
 */

export interface Signature {
  /** Signed with the hardened runtime: dyld then drops DYLD_ variables unless an entitlement allows them. */
  hardened: boolean;
  /** Loads only libraries signed by Apple or by its own team. */
  validatesLibraries: boolean;
}

/** From the standard error of `codesign -d --verbose=2 <program>`; an unsigned program has neither. */
export function readSignature(text: string): Signature {
  const words = /\bflags=0x[0-9a-f]+\(([^)]*)\)/i.exec(text)?.[1] ?? '';
  const flags = words.split(',').map((flag) => flag.trim());
  const hardened = flags.includes('runtime');
  return { hardened, validatesLibraries: hardened || flags.includes('library-validation') };
}

/** Entitlements that are true, from `codesign -d --entitlements -`: as XML, or in the words of newer systems. */
export function readEntitlements(text: string): Set<string> {
  const asXml = text.matchAll(/<key>\s*([^<\s]+)\s*<\/key>\s*<true\s*\/>/g);
  const inWords = text.matchAll(/\[Key\]\s*(\S+)\s*\[Value\]\s*\[Bool\]\s*true/g);
  return new Set([...asXml, ...inWords].map((match) => match[1] ?? ''));
}

const ALLOW_VARIABLES = 'com.apple.security.cs.allow-dyld-environment-variables';
const NO_VALIDATION = 'com.apple.security.cs.disable-library-validation';

/** Why a signature keeps a library out, in words; `undefined` where it does not. */
export function findSignatureObstacle(
  signature: Signature,
  entitlements: ReadonlySet<string>,
): string | undefined {
  if (signature.hardened && !entitlements.has(ALLOW_VARIABLES)) {
    return `has the hardened runtime without the entitlement ${ALLOW_VARIABLES}`;
  }
  if (signature.validatesLibraries && !entitlements.has(NO_VALIDATION)) {
    return `loads only libraries of its own signer: it lacks the entitlement ${NO_VALIDATION}`;
  }
  return undefined;
}

/** Whether `csrutil status` says that System Integrity Protection is off; anything unclear counts as on. */
export function isProtectionOff(text: string): boolean {
  return /System Integrity Protection status:\s*disabled\b/i.test(text);
}

/** Whether System Integrity Protection covers a path, with symbolic links resolved. */
export function isProtectedPath(path: string): boolean {
  if (/^\/usr\/local(?:\/|$)/.test(path)) return false;
  return /^\/(?:bin|sbin|usr|System)\//.test(path);
}
