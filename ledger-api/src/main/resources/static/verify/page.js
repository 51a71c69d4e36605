// The page: takes a file and a key, and shows what was found.
import {requireCryptography} from './browser.js';
import {checkBundle} from './bundle.js';
import {Mismatch} from './bytes.js';

const SIZE_MAX = 1_000_000_000;
const form = document.getElementById('form');
const result = document.getElementById('result');
const button = form.querySelector('button');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    await check(form.bundle.files[0], form.key.value.trim());
  } finally {
    button.disabled = false;
  }
});

async function check(file, key) {
  show('', 'Checking …', []);
  try {
    await requireCryptography();
    if (file.size > SIZE_MAX) {
      throw new Error('The file is larger than a browser should take; ledger verify --bundle does.');
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    intact(file, key, await checkBundle(bytes, key, progress));
  } catch (e) {
    if (e instanceof Mismatch) {
      show('broken', '✗ Broken', [sentence(`${e.where}: ${e.message}.`)], [['file', file.name]]);
    } else {
      show('broken', '✗ Not checked', [sentence(e.message)]);
    }
  }
}

/** Lets the page show how far it has come. */
async function progress(done, of) {
  if (done % 500 === 0) {
    show('', `Checking … ${done} of ${of} leaves`, []);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function intact(file, key, found) {
  const {scope, checkpoint} = found;
  show('intact', '✓ Intact', [
    sentence(`${count(found.events, 'entry', 'entries')} of ${count(found.agreements, 'agreement', 'agreements')}, `
      + `${count(found.leaves, 'leaf', 'leaves')}: digests, leaves, proofs, root and signature fit`
      + (scope.validOn ? ', and the terms claimed follow from the entries.' : '.')),
  ], [
    ['file', file.name],
    ['holds', holds(scope)],
    ['ledger', `${checkpoint.origin}, ${checkpoint.size} entries when it was signed`],
    ['root', found.root],
    ['origin', key
      ? 'checked: signed with the key that you gave.'
      : 'not checked: this was integrity only. It is signed with a key that it brings itself, and a forger can sign with '
        + 'a key of his own. Get the ledger’s key by another way, and give it above.'],
    ['key', found.key.written],
    ['not checked', 'the words of README.txt and check.sh, beyond their sums in SHA256SUMS.'],
  ]);
}

function holds(scope) {
  const whose = scope.agreementId ?? 'all agreements';
  if (scope.whole) {
    return 'the whole ledger up to its checkpoint: before that nothing is left out.';
  }
  if (scope.allLeaves) {
    return `every entry of ${whose} up to its checkpoint, and the leaves of the others: no entry of it is left out.`;
  }
  if (scope.validOn) {
    return `entries of ${whose}. It cannot prove that nothing is left out: newer ones may be missing.`;
  }
  const days = [scope.from && `from ${scope.from}`, scope.to && `up to ${scope.to}`].filter(Boolean).join(' ');
  return `entries of ${whose} that occurred ${days}. It cannot prove that nothing is left out, and claims no terms.`;
}

const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

const sentence = (words) => element('p', words);

function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}

function show(outcome, heading, paragraphs, facts = []) {
  const box = document.createElement('div');
  if (outcome) {
    box.className = outcome;
  }
  box.append(element('h2', heading), ...paragraphs);
  if (facts.length) {
    const list = document.createElement('dl');
    facts.forEach(([name, words]) => list.append(element('dt', name), element('dd', words)));
    box.append(list);
  }
  result.replaceChildren(box);
}
