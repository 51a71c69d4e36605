// Works out anew all that a bundle claims, and throws a Mismatch at the first thing that does not fit.
import {FILES, readArchive} from './archive.js';
import {Mismatch, base64, canonical, canonicalObject, equal, hex, lines, ofBase64, sha256, text, utf8} from './bytes.js';
import {Fold, known} from './fold.js';
import {pem, readCheckpoint, readKey, readNote, requireSigned} from './note.js';
import {Frontier, leafHash, provesInclusion} from './tree.js';

const FORMAT = 'agreement-ledger/bundle/v1';
const LEAF = 'agreement-ledger/leaf/v1';
const EMPTY = {parties: [], terms: []};

/**
 * @param bytes of the file
 * @param trustedKey name+id+base64, or empty
 * @param progress told the number of leaves checked, and of how many
 */
export async function checkBundle(bytes, trustedKey, progress) {
  const files = readArchive(bytes);
  await requireSums(files);
  const scope = readScope(text('bundle.json', files.get('bundle.json')));
  requireFiles(files, scope);
  const key = await readKey('key.txt', lines('key.txt', files.get('key.txt')).join('\n'));
  const note = readNote('checkpoint.txt', text('checkpoint.txt', files.get('checkpoint.txt')));
  const checkpoint = readCheckpoint('checkpoint.txt', note.text);
  await requireSigned('checkpoint.txt', note, key);
  if (checkpoint.origin !== key.name) {
    throw new Mismatch('checkpoint.txt', `it is of ${checkpoint.origin}, and signed by ${key.name}`);
  }
  requireSame(files, 'key.pem', utf8(pem(key)), 'it is not the key of key.txt');
  requireSame(files, 'checkpoint.body', utf8(note.text), 'it is not the text of checkpoint.txt');
  requireSame(files, 'checkpoint.sig', note.signatures[0].bytes, 'it is not the signature of checkpoint.txt');
  if (trustedKey) {
    await requireSigned('checkpoint.txt', note, await readKey('the key that you gave', trustedKey));
  }
  const {agreements, leaves, events} = await requireEntries(files, scope, checkpoint, progress);
  if (scope.validOn) {
    await requireTerms(files, scope, agreements);
  }
  return {scope, key, checkpoint, root: hex(checkpoint.root), leaves, events, agreements: agreements.size};
}

async function requireSums(files) {
  let sums = '';
  for (const [name, bytes] of files) {
    if (name !== 'SHA256SUMS') {
      sums += `${hex(await sha256(bytes))}  ${name}\n`;
    }
  }
  requireSame(files, 'SHA256SUMS', utf8(sums), 'it does not hold the SHA-256 of every other file');
}

function requireSame(files, name, expected, otherwise) {
  if (!files.has(name)) {
    throw new Mismatch(name, 'it is missing');
  }
  if (!equal(files.get(name), expected)) {
    throw new Mismatch(name, otherwise);
  }
}

function readScope(line) {
  const scope = canonicalObject('bundle.json', line.replace(/\n$/, ''));
  if (scope.format !== FORMAT) {
    throw new Mismatch('bundle.json', `the format is not ${FORMAT}, which this page reads`);
  }
  const ranged = scope.from !== undefined || scope.to !== undefined;
  const allLeaves = scope.leaves === 'all';
  if (ranged === (scope.validOn !== undefined) || (allLeaves && ranged)
      || (!allLeaves && !ranged && scope.agreementId === undefined)) {
    throw new Mismatch('bundle.json', 'it says something else than what a bundle can hold');
  }
  return {...scope, allLeaves, whole: allLeaves && scope.agreementId === undefined};
}

function requireFiles(files, scope) {
  for (const name of FILES) {
    const expected = name === 'proofs.txt' ? !scope.allLeaves : name !== 'terms.ndjson' || scope.validOn !== undefined;
    if (expected !== files.has(name)) {
      throw new Mismatch(name, expected ? 'it is missing' : 'it does not belong into a bundle of this scope');
    }
  }
}

async function requireEntries(files, scope, checkpoint, progress) {
  const leafLines = lines('leaves.ndjson', files.get('leaves.ndjson'));
  const entryLines = lines('entries.ndjson', files.get('entries.ndjson'));
  const proofLines = scope.allLeaves ? [] : lines('proofs.txt', files.get('proofs.txt'));
  const documents = readDocuments(files);
  const tree = new Frontier();
  const agreements = new Map();
  const sequences = new Map();
  let last = {position: -1, recordedAt: ''};
  let events = 0;
  for (const [i, line] of leafLines.entries()) {
    const where = `leaves.ndjson, line ${i + 1}`;
    const leaf = canonicalObject(where, line);
    requirePlace(where, leaf, last, scope, sequences);
    last = leaf;
    const hash = await leafHash(utf8(line));
    if (scope.allLeaves) {
      await tree.append(hash);
    } else {
      await requireProof(proofLines[i], i, leaf, hash, checkpoint);
    }
    if (scope.agreementId === undefined || leaf.agreementId === scope.agreementId) {
      const entry = await requireEntry(entryLines[events], events, leaf, documents[events]);
      requireRange(events, entry, scope);
      agreements.set(leaf.agreementId, [...(agreements.get(leaf.agreementId) ?? []), entry]);
      events++;
    } else if (!scope.allLeaves) {
      throw new Mismatch(where, `it is of ${leaf.agreementId}, and this bundle is of ${scope.agreementId}`);
    }
    await progress(i + 1, leafLines.length);
  }
  requireEnd('entries.ndjson', entryLines, events, 'there is no leaf for this entry');
  requireEnd('proofs.txt', proofLines, scope.allLeaves ? 0 : leafLines.length, 'there is no leaf for this proof');
  if (documents.length !== events) {
    throw new Mismatch('entries.json', 'it is not what entries.ndjson says');
  }
  if (scope.allLeaves) {
    await requireRoot(tree, checkpoint);
  }
  return {agreements, leaves: leafLines.length, events};
}

function readDocuments(files) {
  try {
    return JSON.parse(text('entries.json', files.get('entries.json')));
  } catch {
    throw new Mismatch('entries.json', 'it is not JSON');
  }
}

function requirePlace(where, leaf, last, scope, sequences) {
  if (leaf.schema !== LEAF || !Number.isInteger(leaf.position) || !Number.isInteger(leaf.sequence)) {
    throw new Mismatch(where, `it is not a leaf of the schema ${LEAF}`);
  }
  if (scope.allLeaves ? leaf.position !== last.position + 1 : leaf.position <= last.position) {
    throw new Mismatch(where, `it is the leaf of position ${leaf.position}, behind that of ${last.position}`);
  }
  if (leaf.recordedAt < last.recordedAt) {
    throw new Mismatch(where, `it was recorded at ${leaf.recordedAt}, before the leaf above it`);
  }
  const sequence = sequences.get(leaf.agreementId) ?? 0;
  if (scope.validOn ? leaf.sequence !== sequence + 1 : leaf.sequence <= sequence) {
    throw new Mismatch(where, `it is entry ${leaf.sequence} of ${leaf.agreementId}, which comes after entry ${sequence}: `
      + 'one is missing, or they are not in their order');
  }
  sequences.set(leaf.agreementId, leaf.sequence);
}

async function requireProof(line, i, leaf, hash, checkpoint) {
  const where = `proofs.txt, line ${i + 1}`;
  const [position, ...encoded] = (line ?? '').split(' ');
  if (position !== String(leaf.position)) {
    throw new Mismatch(where, `it is about position '${position}', and its leaf about ${leaf.position}`);
  }
  const path = encoded.map(ofBase64);
  if (path.some((node) => node?.length !== 32)
      || !(await provesInclusion(path, leaf.position, hash, checkpoint.size, checkpoint.root))) {
    throw new Mismatch(where, `it does not lead from the leaf of position ${leaf.position} to the signed root of `
      + `${checkpoint.size} leaves`);
  }
}

async function requireEntry(line, i, leaf, document) {
  const where = `entries.ndjson, line ${i + 1}`;
  const which = `entry ${leaf.sequence} of ${leaf.agreementId}, at position ${leaf.position}`;
  if (line === undefined) {
    throw new Mismatch('entries.ndjson', `${which}, is missing`);
  }
  const digest = hex(await sha256(utf8(line)));
  if (digest !== leaf.entryDigest) {
    throw new Mismatch(where, `it should be ${which}, with the digest ${leaf.entryDigest}, but has ${digest}`);
  }
  const {entry, salt, ...more} = canonicalObject(where, line);
  if (typeof salt !== 'string' || Object.keys(more).length || entry?.agreementId !== leaf.agreementId
      || entry.kind !== leaf.kind || (entry.kind === 'opening') !== (leaf.sequence === 1)) {
    throw new Mismatch(where, `it is not ${which}`);
  }
  if (canonical(document ?? null) !== canonical(entry)) {
    throw new Mismatch('entries.json', `its item ${i + 1} is not what line ${i + 1} of entries.ndjson says`);
  }
  return entry;
}

function requireRange(i, entry, scope) {
  const day = (entry.occurredOn + '-01-01').slice(0, 10);
  if ((scope.from && day < scope.from) || (scope.to && day > scope.to)) {
    throw new Mismatch(`entries.ndjson, line ${i + 1}`, `it occurred on ${day}, which the bundle does not hold`);
  }
}

function requireEnd(name, all, expected, otherwise) {
  if (all.length > expected) {
    throw new Mismatch(`${name}, line ${expected + 1}`, otherwise);
  }
}

async function requireRoot(tree, checkpoint) {
  if (tree.size !== checkpoint.size) {
    throw new Mismatch('leaves.ndjson', `there are ${tree.size} leaves, and the checkpoint is of ${checkpoint.size}`);
  }
  const root = await tree.root();
  if (!equal(root, checkpoint.root)) {
    throw new Mismatch('leaves.ndjson', `they come to the root ${base64(root)}, and the checkpoint has ${base64(checkpoint.root)}`);
  }
}

async function requireTerms(files, scope, agreements) {
  const found = lines('terms.ndjson', files.get('terms.ndjson'));
  let number = 0;
  for (const id of [...agreements.keys()].sort()) {
    const entries = agreements.get(id);
    for (const standing of ['all', 'confirmed']) {
      const line = await claim(id, entries, standing, scope.validOn);
      if (found[number] !== line) {
        throw new Mismatch(`terms.ndjson, line ${number + 1}`, 'it is not what follows from the entries');
      }
      number++;
    }
  }
  requireEnd('terms.ndjson', found, number, 'there are no entries that it could follow from');
}

async function claim(agreementId, entries, standing, validOn) {
  const fold = new Fold(known(entries), standing);
  const turns = [];
  let before = await fingerprint(EMPTY);
  for (const from of fold.days()) {
    const now = await fingerprint(fold.on(from));
    if (now !== before) {
      turns.push({fingerprint: now, from});
    }
    before = now;
  }
  const terms = fold.on(validOn);
  return canonical({
    agreementId, fingerprint: await fingerprint(terms), sequence: entries.length, standing, terms, turns, validOn,
  });
}

const fingerprint = async (terms) => 'sha256:' + hex(await sha256(utf8(canonical(terms))));
