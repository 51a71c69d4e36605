// Bytes and texts: hashes, base64, canonical JSON.

/** Something in the bundle does not fit. */
export class Mismatch extends Error {
  constructor(where, what) {
    super(what);
    this.where = where;
  }
}

const UTF8 = new TextEncoder();

export const utf8 = (text) => UTF8.encode(text);

export function text(where, bytes) {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw new Mismatch(where, 'it is not text in UTF-8');
  }
}

export async function sha256(...parts) {
  const all = parts.length === 1 ? parts[0] : joined(parts);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

export function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** Of RFC 4648 in its one canonical form; null for anything else. */
export function ofBase64(encoded) {
  try {
    const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
    return base64(bytes) === encoded ? bytes : null;
  } catch {
    return null;
  }
}

export const equal = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);

/** RFC 8785, which is defined by what this does to strings and numbers. */
export function canonical(tree) {
  if (Array.isArray(tree)) {
    return '[' + tree.map(canonical).join(',') + ']';
  }
  if (tree !== null && typeof tree === 'object') {
    const members = Object.keys(tree).sort().map((name) => JSON.stringify(name) + ':' + canonical(tree[name]));
    return '{' + members.join(',') + '}';
  }
  return JSON.stringify(tree);
}

/** A text that is canonical JSON of an object, read. */
export function canonicalObject(where, line) {
  let tree;
  try {
    tree = JSON.parse(line);
  } catch {
    throw new Mismatch(where, 'it is not JSON');
  }
  if (tree === null || typeof tree !== 'object' || Array.isArray(tree) || canonical(tree) !== line) {
    throw new Mismatch(where, 'it is not the canonical JSON of an object');
  }
  return tree;
}

/** The lines of a file, each of which ends in a newline. */
export function lines(where, bytes) {
  const whole = text(where, bytes);
  if (!whole.endsWith('\n')) {
    throw new Mismatch(where, 'its last line does not end');
  }
  return whole.slice(0, -1).split('\n');
}
