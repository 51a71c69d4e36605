// Works out in the browser what proves one entry: digest, leaf, path, root and signature, from what the doors serve.
import {requireCryptography} from '/verify/browser.js';
import {Mismatch, canonical, canonicalObject, equal, hex, sha256, utf8} from '/verify/bytes.js';
import {readCheckpoint, readKey, readNote, requireSigned} from '/verify/note.js';
import {leafHash, provesInclusion} from '/verify/tree.js';

const section = document.getElementById('proof-section');
const result = document.getElementById('proof-result');
const list = document.getElementById('proof-steps');

/** There is nothing to check yet, or no way to: neither a proof nor a breach. */
class Unanswered extends Error {}

check(section.dataset.agreement, Number(section.dataset.sequence), Number(section.dataset.position));

async function check(agreementId, sequence, position) {
  let name;
  const step = async (words, work) => {
    name = words;
    const done = await work();
    list.append(line('fits', '✓', words, done.shown));
    return done;
  };
  tell('', 'Checking …', 'The entry, its leaf and its proof are fetched and worked out again.');
  try {
    await requireCryptography();
    const {bytes} = await step('Entry and salt come to a digest', () => digest(agreementId, sequence));
    const {leaf} = await step('The leaf of the log holds that digest', () => leafOf(agreementId, sequence, position, bytes));
    const {note, checkpoint} = await step('A checkpoint covers the leaf', () => covering(position));
    await step('The path leads from the leaf to the root', () => path(position, leaf, checkpoint));
    await step('The root is signed with the ledger’s key', () => signed(note, checkpoint));
    tell('intact', '✓ As it was recorded',
      'The entry leads to the signed root: not a letter of it was touched since. The key came from this server; '
      + 'compare it with one that you got by another way.');
  } catch (e) {
    if (e instanceof Mismatch) {
      list.append(line('unfit', '✗', name, `${e.where}: ${e.message}.`));
      tell('broken', '✗ It does not fit', 'The first thing that does not is named below.');
    } else {
      tell('', 'Not checked', e.message);
    }
  }
}

async function digest(agreementId, sequence) {
  const {entry, salt} = await json(`/v1/agreements/${encodeURIComponent(agreementId)}/entries/${sequence}`);
  const bytes = await sha256(utf8(canonical({entry, salt})));
  return {bytes, shown: hex(bytes)};
}

async function leafOf(agreementId, sequence, position, digestBytes) {
  const text = (await words(`/v1/log/entries?from=${position}&to=${position + 1}`)).replace(/\n$/, '');
  const leaf = canonicalObject('the leaf', text);
  if (leaf.agreementId !== agreementId || leaf.sequence !== sequence || leaf.position !== position) {
    throw new Mismatch('the leaf', `it is of entry ${leaf.sequence} of ${leaf.agreementId}, at position ${leaf.position}`);
  }
  if (leaf.entryDigest !== hex(digestBytes)) {
    throw new Mismatch('the leaf', `it holds the digest ${leaf.entryDigest}, and the entry comes to ${hex(digestBytes)}`);
  }
  return {leaf: utf8(text), shown: `position ${position}, recorded ${leaf.recordedAt}`};
}

async function covering(position) {
  const note = readNote('the checkpoint', await words('/v1/checkpoint'));
  const checkpoint = readCheckpoint('the checkpoint', note.text);
  if (checkpoint.size <= position) {
    throw new Unanswered(`It is not signed yet: the newest checkpoint covers ${checkpoint.size} entries. Look again in a moment.`);
  }
  return {note, checkpoint, shown: `${checkpoint.size} entries of ${checkpoint.origin}`};
}

async function path(position, leaf, checkpoint) {
  const proof = await json(`/v1/log/inclusion?position=${position}&size=${checkpoint.size}`);
  const hashes = proof.hashes.map(ofHex);
  if (!(await provesInclusion(hashes, position, await leafHash(leaf), checkpoint.size, checkpoint.root))) {
    throw new Mismatch('the path', `it does not lead from this leaf to the root ${hex(checkpoint.root)}`);
  }
  return {shown: `${hashes.length} ${hashes.length === 1 ? 'hash' : 'hashes'} up to the root ${hex(checkpoint.root)}`};
}

async function signed(note, checkpoint) {
  const key = await readKey('the key', (await words('/v1/log/key')).trim());
  await requireSigned('the checkpoint', note, key);
  if (checkpoint.origin !== key.name) {
    throw new Mismatch('the checkpoint', `it is of ${checkpoint.origin}, and signed by ${key.name}`);
  }
  return {shown: key.written};
}

function ofHex(text) {
  if (!/^([0-9a-f]{2}){32}$/.test(text)) {
    throw new Mismatch('the path', `'${text}' is not a hash`);
  }
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

async function answer(address, accept) {
  let response;
  try {
    response = await fetch(address, {headers: {Accept: accept}});
  } catch {
    throw new Unanswered('The server does not answer; nothing was checked.');
  }
  if (!response.ok) {
    throw new Unanswered(`The server answers ${response.status} where ${address.split('?')[0]} should be; nothing was checked.`);
  }
  return response;
}

const json = async (address) => (await answer(address, 'application/json')).json();

const words = async (address) => (await answer(address, 'text/plain, application/x-ndjson')).text();

function tell(outcome, heading, sentence) {
  section.classList.remove('intact', 'broken');
  if (outcome) {
    section.classList.add(outcome);
  }
  result.replaceChildren(element('p', heading, 'outcome'), element('p', sentence, 'quiet'));
}

function line(outcome, mark, name, shown) {
  const item = element('li', '', outcome);
  const sign = element('span', mark, 'sign');
  item.append(sign, element('span', name, 'step'), element('code', shown, ''));
  return item;
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}
