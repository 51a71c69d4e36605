// A zip file of which the contents determine every byte: nothing is compressed, names, order and times are fixed.
import {Mismatch, equal, joined, utf8} from './bytes.js';

export const FILES = [
  'README.txt', 'check.sh', 'SHA256SUMS', 'bundle.json', 'key.txt', 'key.pem', 'checkpoint.txt', 'checkpoint.body',
  'checkpoint.sig', 'entries.json', 'entries.ndjson', 'leaves.ndjson', 'proofs.txt', 'terms.ndjson',
];

const ARCHIVE = 'the archive';
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 10;
const DAY = 0x21;

const CRC = Uint32Array.from({length: 256}, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Little-endian fields, given as pairs of width and value. */
function fields(...pairs) {
  const bytes = [];
  for (const [width, value] of pairs) {
    for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 256)) {
      bytes.push(rest % 256);
    }
  }
  return Uint8Array.from(bytes);
}

const described = (file) => [
  [2, VERSION], [2, 0], [2, 0], [2, 0], [2, DAY], [4, file.crc], [4, file.bytes.length], [4, file.bytes.length],
  [2, file.name.length], [2, 0],
];

const local = (file) => joined([fields([4, LOCAL], ...described(file)), utf8(file.name)]);

function directory(files, at) {
  const entries = files.map((file) => joined([
    fields([4, CENTRAL], [2, VERSION], ...described(file), [2, 0], [2, 0], [2, 0], [4, 0], [4, file.header]),
    utf8(file.name),
  ]));
  const list = joined(entries);
  const end = fields([4, END], [4, 0], [2, files.length], [2, files.length], [4, list.length], [4, at], [2, 0]);
  return joined([list, end]);
}

/** Its files by name, once every byte was found to be in its place. */
export function readArchive(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const files = [];
  let at = 0;
  while (at + 30 <= bytes.length && view.getUint32(at, true) === LOCAL) {
    const size = view.getUint32(at + 18, true);
    const start = at + 30 + view.getUint16(at + 26, true);
    const name = String.fromCharCode(...bytes.subarray(at + 30, Math.min(start, at + 60)));
    const last = files.length ? FILES.indexOf(files.at(-1).name) : -1;
    if (FILES.indexOf(name) <= last) {
      throw new Mismatch(ARCHIVE, `at byte ${at} there is a file of another name, or not in its place`);
    }
    if (start + size > bytes.length) {
      throw new Mismatch(name, 'it is cut off');
    }
    const file = {name, header: at, bytes: bytes.subarray(start, start + size)};
    file.crc = crc32(file.bytes);
    if (file.crc !== view.getUint32(at + 14, true)) {
      throw new Mismatch(name, 'its bytes are not those that it was written with');
    }
    if (!equal(local(file), bytes.subarray(at, start))) {
      throw new Mismatch(ARCHIVE, `at byte ${at} there is a header unlike those of a bundle`);
    }
    files.push(file);
    at = start + size;
  }
  if (!files.length) {
    throw new Mismatch(ARCHIVE, 'it does not begin like a bundle');
  }
  requireEnd(bytes.subarray(at), directory(files, at), at, bytes.length);
  return new Map(files.map((file) => [file.name, file.bytes]));
}

function requireEnd(found, expected, at, size) {
  if (equal(found, expected)) {
    return;
  }
  const differs = expected.findIndex((byte, i) => byte !== found[i]);
  if (differs < 0) {
    throw new Mismatch(ARCHIVE, 'there is something behind its end');
  }
  throw new Mismatch(ARCHIVE, differs >= found.length
    ? `it is cut off after ${size} bytes`
    : `at byte ${at + differs} there is something else than its list of files`);
}
