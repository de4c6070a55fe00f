/** The texts are written by hand after Apple's documentation; see the file under test. */
import { expect } from 'chai';
import {
  findSignatureObstacle,
  isProtectedPath,
  isProtectionOff,
  readEntitlements,
  readSignature,
} from '../../../src/native/run/code-signature.js';

const signed = (flags: string): string =>
  `Executable=/opt/app/bin/app\nIdentifier=org.example.app\nFormat=Mach-O thin (arm64)\n` +
  `CodeDirectory v=20500 size=512 flags=${flags} hashes=5+7 location=embedded\nTeamIdentifier=not set\n`;
const ALLOW = 'com.apple.security.cs.allow-dyld-environment-variables';
const UNVALIDATED = 'com.apple.security.cs.disable-library-validation';
const obstacle = (flags: string, ...entitlements: string[]) =>
  findSignatureObstacle(readSignature(signed(flags)), new Set(entitlements));

describe('what macOS says about a program', () => {
  it('an unsigned program and one that is signed ad hoc let a library in', () => {
    expect(findSignatureObstacle(readSignature('app: code object is not signed at all'), new Set())).to.equal(
      undefined,
    );
    expect(obstacle('0x2(adhoc)')).to.equal(undefined);
    expect(obstacle('0x0(none)')).to.equal(undefined);
  });

  it('the hardened runtime keeps a library out until both entitlements are there', () => {
    expect(obstacle('0x10000(runtime)')).to.contain(ALLOW);
    expect(obstacle('0x10002(adhoc,runtime)', UNVALIDATED)).to.contain(ALLOW);
    expect(obstacle('0x10000(runtime)', ALLOW)).to.contain(UNVALIDATED);
    expect(obstacle('0x10000(runtime)', ALLOW, UNVALIDATED)).to.equal(undefined);
  });

  it('library validation alone keeps a library out, too', () => {
    expect(readSignature(signed('0x2000(library-validation)'))).to.deep.equal({
      hardened: false,
      validatesLibraries: true,
    });
    expect(obstacle('0x2000(library-validation)')).to.contain(UNVALIDATED);
    expect(obstacle('0x2000(library-validation)', UNVALIDATED)).to.equal(undefined);
  });

  it('a flag is a whole word, not a part of one', () => {
    expect(readSignature(signed('0x2(runtime-less)')).hardened).to.equal(false);
  });

  it('entitlements are read as XML and in words, and one that is false is none', () => {
    const xml = `<plist><dict><key>${ALLOW}</key>\n<true/><key>${UNVALIDATED}</key><false/></dict></plist>`;
    expect([...readEntitlements(xml)]).to.deep.equal([ALLOW]);
    const words = `[Dict]\n\t[Key] ${ALLOW}\n\t[Value]\n\t\t[Bool] true\n\t[Key] ${UNVALIDATED}\n\t[Value]\n\t\t[Bool] false\n`;
    expect([...readEntitlements(words)]).to.deep.equal([ALLOW]);
    expect([...readEntitlements('')]).to.deep.equal([]);
  });

  it('System Integrity Protection counts as on unless it is said to be off', () => {
    expect(isProtectionOff('System Integrity Protection status: disabled.\n')).to.equal(true);
    for (const text of [
      'System Integrity Protection status: enabled.',
      '',
      'unknown (Custom Configuration).',
    ]) {
      expect(isProtectionOff(text), text).to.equal(false);
    }
  });

  it('folders of the system are protected; /usr/local and those of users are not', () => {
    for (const path of ['/bin/sh', '/usr/bin/python3', '/sbin/mount', '/System/Applications/x']) {
      expect(isProtectedPath(path), path).to.equal(true);
    }
    for (const path of ['/usr/local/bin/python3', '/opt/homebrew/bin/x', '/Users/a/bin/sh', '/binary']) {
      expect(isProtectedPath(path), path).to.equal(false);
    }
  });
});
