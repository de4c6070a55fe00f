/** What the check knows of functions that it has no code of: which ones register handlers, and what others do to memory. */

export interface Registration {
  /** Position of the handler, or of the struct that names it. */
  argument: number;
  kind: 'signal handler' | 'child handler of a fork';
  /** The argument is a `struct sigaction *` or the like, whose first member is the handler. */
  inStruct: boolean;
}

const signal: Registration = { argument: 1, kind: 'signal handler', inStruct: false };
const fork: Registration = { argument: 2, kind: 'child handler of a fork', inStruct: false };

const registrations = new Map<string, Registration>([
  ['signal', signal],
  ['bsd_signal', signal],
  ['sysv_signal', signal],
  ['__sysv_signal', signal],
  ['ssignal', signal],
  ['sigset', signal],
  ['sigaction', { ...signal, inStruct: true }],
  ['sigvec', { ...signal, inStruct: true }],
  ['pthread_atfork', fork],
  ['__register_atfork', fork],
]);

/** @param name as `plainName` gives it */
export const registrationOf = (name: string): Registration | undefined => registrations.get(name);

/** Functions that look a symbol up by its name, their second argument. */
export const isLookUp = (name: string): boolean => name === 'dlsym' || name === 'dlvsym';

export type MemoryEffect =
  /** Its pointers are read, or what it writes is no address. */
  | 'none'
  /** What the first argument points to becomes zero. */
  | 'clears'
  /** The first argument becomes a copy of what the second points to. */
  | 'copies'
  /** The result is the first argument. */
  | 'returns it'
  /** The result is memory of its own. */
  | 'allocates'
  /** The third argument receives the handler that was installed before. */
  | 'reports the previous handler'
  | 'unknown';

const clearing = ['llvm.memset', 'llvm.memset.inline', 'memset', 'bzero', 'explicit_bzero'];
const harmless = [
  'sigemptyset',
  'sigfillset',
  'sigaddset',
  'sigdelset',
  'sigismember',
  'sigprocmask',
  'pthread_sigmask',
  'llvm.lifetime.start',
  'llvm.lifetime.end',
  'llvm.assume',
  'llvm.dbg.declare',
  'llvm.dbg.value',
];
const passing = ['llvm.threadlocal.address', 'llvm.launder.invariant.group', 'llvm.strip.invariant.group'];
const copying = ['llvm.memcpy', 'llvm.memcpy.inline', 'llvm.memmove', 'memcpy', 'memmove'];

/** `operator new` and `operator delete` in all their forms. */
const isNew = (name: string): boolean => /^_Zn[wa][mj]/.test(name);
const isDelete = (name: string): boolean => /^_Zd[la]Pv/.test(name);

/** What a function outside the files does with a pointer it gets. */
export function effectOf(name: string): MemoryEffect {
  if (isNew(name) || ['malloc', 'calloc', 'aligned_alloc'].includes(name)) return 'allocates';
  if (isDelete(name) || name === 'free') return 'none';
  if (harmless.includes(name)) return 'none';
  if (clearing.includes(name)) return 'clears';
  if (copying.includes(name)) return 'copies';
  if (passing.includes(name)) return 'returns it';
  return name === 'sigaction' ? 'reports the previous handler' : 'unknown';
}
