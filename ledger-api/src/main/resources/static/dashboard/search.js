// Search as you type: htmx fetches what is found; here it is shown, told, and walked through by keyboard.

const form = document.querySelector('.bar .find');
const input = form.querySelector('input');
const box = document.getElementById('find-found');
const told = document.getElementById('find-told');

const links = () => [...box.querySelectorAll('a')];

function show(sentence) {
  box.hidden = input.value.trim() === '' || !box.firstElementChild;
  told.textContent = sentence;
}

function close() {
  box.hidden = true;
  told.textContent = '';
}

box.addEventListener('htmx:afterSwap', () => show(box.querySelector('[data-told]')?.dataset.told ?? ''));

// Answers that are none are not shown as a page in the page.
for (const failure of ['htmx:responseError', 'htmx:sendError']) {
  form.addEventListener(failure, () => {
    const sentence = document.createElement('p');
    sentence.className = 'quiet';
    sentence.textContent = 'The search does not answer just now.';
    box.replaceChildren(sentence);
    show(sentence.textContent);
  });
}

input.addEventListener('focus', () => {
  box.hidden = input.value.trim() === '' || !box.firstElementChild;
});

input.addEventListener('input', () => {
  if (input.value.trim() === '') {
    close();
  }
});

form.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !box.hidden) {
    event.preventDefault();
    input.focus();
    close();
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !box.hidden) {
    event.preventDefault();
    const all = [input, ...links()];
    const step = event.key === 'ArrowDown' ? 1 : -1;
    all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
  }
});

// It closes when the reader goes elsewhere.
form.addEventListener('focusout', (event) => {
  if (!form.contains(event.relatedTarget)) {
    box.hidden = true;
  }
});
document.addEventListener('pointerdown', (event) => {
  if (!form.contains(event.target)) {
    box.hidden = true;
  }
});
