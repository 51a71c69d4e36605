/*
 * What a form of an entry does of itself. The preview, and adding and removing, come from the server;
 * without this script they do as well, a page at a time.
 */

const byId = id => document.getElementById(id);
const form = () => byId('entry');

// ---- what is asked depends on what was answered

function ask(decider) {
  for (const dependent of document.querySelectorAll(`[data-when="${CSS.escape(decider.name)}"]`)) {
    dependent.hidden = !dependent.dataset.is.split(' ').includes(decider.value);
  }
}

// ---- what a term says now stands beside its key

function showNow(input) {
  const option = [...byId('keys').options].find(known => known.value === input.value.trim());
  byId(input.dataset.now).textContent = option ? (option.label === option.value ? '' : 'Now: ' + option.label) : '';
}

// ---- an id is made from the name as long as nobody wrote one

const slug = name =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);

function suggest(input) {
  const target = byId(input.dataset.suggests);
  if (!target) {
    return;
  }
  if (target.value === '' || target.value === target.dataset.suggested) {
    const known = [...byId('organisations').options].find(option => option.value === input.value);
    target.value = target.dataset.suggested = known ? known.dataset.id : slug(input.value);
  }
}

// ---- a refusal stands at its field

function placeRefusals() {
  for (const fault of document.querySelectorAll('#entry .fault')) {
    fault.textContent = '';
  }
  for (const field of document.querySelectorAll('#entry [aria-invalid]')) {
    field.removeAttribute('aria-invalid');
  }
  for (const refusal of document.querySelectorAll('#findings .refusals li')) {
    const field = byId(refusal.dataset.at);
    const fault = byId(refusal.dataset.at + ':problem');
    if (field && fault) {
      fault.textContent = refusal.textContent;
      if (field.matches('input, select, textarea')) {
        field.setAttribute('aria-invalid', 'true');
      }
      field.closest('details:not([open])')?.setAttribute('open', '');
    }
  }
}

/** One sentence, and only where it is another one: who listens is not to hear all of it at each letter. */
function speak() {
  const said = document.querySelector('#findings [data-say]')?.textContent ?? '';
  if (byId('spoken').textContent !== said) {
    byId('spoken').textContent = said;
  }
}

let touched = false;

document.addEventListener('input', event => {
  const field = event.target;
  if (field.closest('#entry')) {
    touched = true;
    if (field.dataset.now) {
      showNow(field);
    }
    if (field.dataset.suggests) {
      suggest(field);
    }
  }
});

document.addEventListener('change', event => {
  if (event.target.matches('#entry select')) {
    ask(event.target);
  }
});

// ---- nothing that was typed is lost

addEventListener('beforeunload', event => {
  if (touched) {
    event.preventDefault();
  }
});

document.addEventListener('click', event => {
  const item = event.target.closest('#entry button[name=less]')?.closest('.item');
  const typed = item && [...item.querySelectorAll('input, select, textarea')].some(field => field.value !== '' && field.type !== 'checkbox');
  if (typed && !confirm('Remove this with all that is typed in it?')) {
    event.preventDefault();
  }
});

/*
 * What a button sends brings a new form or leaves the page. Until then nobody types into the old one,
 * and no preview that was due takes its place.
 */
let pressed = null;

// htmx takes a button that has the focus for one that was pressed; a preview that was due must not record or remove.
document.addEventListener('htmx:configRequest', event => {
  if (event.target === form()) {
    const {formData, triggeringEvent} = event.detail;
    for (const name of ['more', 'less', 'record', 'preview']) {
      formData.delete(name);
    }
    const button = triggeringEvent?.submitter;
    if (button) {
      formData.append(button.name, button.value);
    }
  }
});

document.addEventListener('htmx:confirm', event => {
  if (pressed && event.target === form()) {
    event.preventDefault();
  }
});

document.addEventListener('htmx:beforeRequest', event => {
  const button = event.detail.requestConfig.triggeringEvent?.submitter;
  if (event.target === form() && button && button.name !== 'preview') {
    pressed = button;
    form().inert = true;
  }
});

document.addEventListener('htmx:beforeOnLoad', event => {
  if (event.detail.xhr.getResponseHeader('HX-Redirect')) {
    touched = false;
  }
});

document.addEventListener('htmx:afterRequest', event => {
  if (pressed) {
    form().inert = false;
    pressed.focus();
    pressed = null;
  }
  if (event.detail.successful) {
    byId('trouble').textContent = '';
  }
});

/** What the ledger says against the request as a whole, where it says anything. */
function told(xhr) {
  try {
    return JSON.parse(xhr.responseText).detail;
  } catch {
    return undefined;
  }
}

for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failure, event => {
    byId('trouble').textContent =
      `${told(event.detail.xhr) ?? 'The ledger did not answer this time.'} What you typed is still here; it is asked again as you go on.`;
  });
}

document.addEventListener('htmx:afterSwap', event => {
  if (event.target.id === 'findings') {
    placeRefusals();
    speak();
  }
});
