// The ledger page: the card of an agreement that has a new entry is fetched anew. Only its own place is touched.

const waiting = new Set();

document.addEventListener('ledger:entry', ({detail: entry}) => {
  const id = entry.agreementId;
  const card = document.getElementById(`card-${id}`);
  // Many entries of one agreement at once are one new card.
  if (card && !waiting.has(id)) {
    waiting.add(id);
    setTimeout(() => {
      waiting.delete(id);
      htmx.ajax('GET', `/agreements/${id}/card`, {target: `#card-${id}`, swap: 'outerHTML'});
    }, 300);
  }
});

document.addEventListener('htmx:load', ({detail}) => {
  if (detail.elt.matches?.('.agreement')) {
    detail.elt.classList.add('renewed');
  }
});
