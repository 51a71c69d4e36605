// Content that is renewed piece by piece: what stays as it was stays where it is, with what was
// opened in it. A piece is told by its data-key; a section has pieces of its own, the rows of its table.

/** What each piece on the page was when it came. */
const origins = new WeakMap();

const rows = (section) => section.querySelector('tbody');

const piecesOf = (content) => Array.from(content.children)
  .flatMap((piece) => (piece.matches('section') ? [...rows(piece).children] : [piece]));

/** What is on the page already, as content to come back to. */
export function taken(shown) {
  const content = shown.cloneNode(true);
  remember(shown, content);
  return content;
}

function remember(shown, content) {
  const came = piecesOf(content);
  piecesOf(shown).forEach((piece, i) => origins.set(piece, came[i]));
}

/** Rows that came without their words, as they are the same as before, get them from there. */
export function complete(content, before) {
  const there = new Map(Array.from(before.querySelectorAll('tr[data-key]'), (row) => [row.dataset.key, row]));
  content.querySelectorAll('tr.same').forEach((row) => row.replaceWith(there.get(row.dataset.key).cloneNode(true)));
  return content;
}

/** Shows that content in the place of the other. */
export function renew(shown, content) {
  const there = new Map(Array.from(shown.children, (piece) => [piece.dataset.key, piece]));
  const now = Array.from(content.children, (piece) => renewed(there.get(piece.dataset.key), piece));
  const staying = new Set(now);
  there.forEach((piece) => staying.has(piece) || piece.remove());
  let next = shown.firstElementChild;
  for (const piece of now) {
    if (piece === next) {
      next = next.nextElementSibling;
    } else {
      shown.insertBefore(piece, next);
    }
  }
}

function renewed(shown, piece) {
  if (shown && piece.matches('section')) {
    renew(rows(shown), rows(piece));
    return shown;
  }
  if (shown && origins.get(shown).isEqualNode(piece)) {
    return shown;
  }
  const fresh = piece.cloneNode(true);
  if (piece.matches('section')) {
    remember(rows(fresh), rows(piece));
  } else {
    origins.set(fresh, piece);
  }
  return fresh;
}
