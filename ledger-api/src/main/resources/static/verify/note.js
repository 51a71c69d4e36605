// Keys and signed notes (C2SP signed-note), checkpoints (C2SP tlog-checkpoint).
import {Mismatch, base64, equal, hex, joined, ofBase64, sha256, utf8} from './bytes.js';

const ED25519 = 1;
const SPKI = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);

/** A verifier key, name+id+base64. */
export async function readKey(where, written) {
  const [name, id, ...rest] = written.split('+');
  const typed = ofBase64(rest.join('+'));
  if (!name || /\s/.test(name) || !typed || typed.length !== 33 || typed[0] !== ED25519) {
    throw new Mismatch(where, 'it is not an Ed25519 verifier key, which is written name+id+base64');
  }
  const idBytes = (await sha256(utf8(name + '\n'), typed)).subarray(0, 4);
  if (hex(idBytes) !== id) {
    throw new Mismatch(where, `the id of this key should be ${hex(idBytes)}`);
  }
  return {name, written, id: idBytes, publicKey: typed.subarray(1)};
}

/** For openssl: SubjectPublicKeyInfo of RFC 8410. */
export const pem = (key) =>
  `-----BEGIN PUBLIC KEY-----\n${base64(joined([SPKI, key.publicKey]))}\n-----END PUBLIC KEY-----\n`;

export function readNote(where, whole) {
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0 || !whole.endsWith('\n') || blank + 2 === whole.length) {
    throw new Mismatch(where, 'it is not a signed note: it has no text, blank line and signature lines');
  }
  const signatures = whole.slice(blank + 2, -1).split('\n').map((line) => {
    const parts = /^— ([^ +]+) (\S+)$/.exec(line);
    const bytes = parts && ofBase64(parts[2]);
    if (!bytes || bytes.length <= 4) {
      throw new Mismatch(where, `'${line}' is not a signature line`);
    }
    return {name: parts[1], id: bytes.subarray(0, 4), bytes: bytes.subarray(4)};
  });
  return {text: whole.slice(0, blank + 1), signatures};
}

export function readCheckpoint(where, body) {
  const [origin, size, root, ...rest] = body.split('\n');
  const hash = ofBase64(root ?? '');
  if (!origin || !/^(0|[1-9][0-9]{0,14})$/.test(size ?? '') || !hash || hash.length !== 32 || rest.at(-1) !== ''
      || rest.slice(0, -1).includes('')) {
    throw new Mismatch(where, 'it is not a checkpoint: it has no origin, size and root, a line each');
  }
  return {origin, size: Number(size), root: hash};
}

/** The first signature is that key's, and is right. */
export async function requireSigned(where, note, key) {
  const first = note.signatures[0];
  const own = first.name === key.name && equal(first.id, key.id);
  if (!own || !(await verifies(key, first.bytes, utf8(note.text)))) {
    throw new Mismatch(where, `it is not signed with the key ${key.written}`);
  }
}

async function verifies(key, signature, message) {
  if (signature.length !== 64) {
    return false;
  }
  const imported = await crypto.subtle.importKey('raw', key.publicKey, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, signature, message);
}
