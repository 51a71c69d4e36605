// A handle on a track, moved with a pointer or the keyboard. What its numbers mean is the caller's.

/**
 * @param element the handle, of role slider; its parent is the track
 * @param scale {min(), max(), words(value), page(value, direction), leap(value, direction)}
 * @param moved called with the new value, and whether the hand still holds the handle
 */
export class Slider {
  constructor(element, scale, moved) {
    this.element = element;
    this.scale = scale;
    this.moved = moved;
    this.mirrored = [element];
    element.addEventListener('keydown', (event) => this.#key(event));
    this.#pointer(element, element.parentElement);
  }

  /**
   * A press anywhere on that surface moves the handle there, unless it means something by itself.
   * The surface may be a track of its own.
   */
  follow(surface, track = this.element.parentElement) {
    this.#pointer(surface, track);
  }

  /** Shows the same on another track, for those who see it. */
  mirror(element) {
    this.mirrored.push(element);
    this.#place(element, this.value);
  }

  /** Without telling anybody. A value beyond an end is kept, and shown at that end. */
  set(value) {
    this.value = value;
    const at = Math.min(this.scale.max(), Math.max(this.scale.min(), value));
    this.element.setAttribute('aria-valuemin', this.scale.min());
    this.element.setAttribute('aria-valuemax', this.scale.max());
    this.element.setAttribute('aria-valuenow', at);
    this.element.setAttribute('aria-valuetext', this.scale.words(value));
    this.mirrored.forEach((element) => this.#place(element, at));
  }

  #place(element, at) {
    const span = this.scale.max() - this.scale.min();
    const share = span > 0 ? (at - this.scale.min()) / span : 1;
    element.style.left = `${100 * share}%`;
    element.classList.toggle('left-half', share < 0.5);
    element.firstElementChild.textContent = this.scale.brief(this.value);
  }

  move(value, held = false) {
    const at = Math.min(this.scale.max(), Math.max(this.scale.min(), value));
    if (at !== this.value) {
      this.set(at);
      this.moved(at, held);
    }
  }

  #key(event) {
    const value = Math.min(this.scale.max(), Math.max(this.scale.min(), this.value));
    const backward = event.key === 'ArrowLeft' || event.key === 'ArrowDown' || event.key === 'PageDown';
    const direction = backward ? -1 : 1;
    let next;
    switch (event.key) {
      case 'ArrowLeft': case 'ArrowRight': case 'ArrowUp': case 'ArrowDown':
        next = event.ctrlKey || event.shiftKey ? this.scale.leap(value, direction) : value + direction;
        break;
      case 'PageUp': case 'PageDown': next = this.scale.page(value, direction); break;
      case 'Home': next = this.scale.min(); break;
      case 'End': next = this.scale.max(); break;
      default: return;
    }
    event.preventDefault();
    this.move(next);
  }

  #pointer(surface, trackElement) {
    const handle = this.element;
    surface.addEventListener('pointerdown', (event) => {
      const track = trackElement.getBoundingClientRect();
      if (event.button !== 0 || (surface !== handle
          && (event.clientX < track.left || event.target.closest('a, summary, button, [role=slider]')))) {
        return;
      }
      const to = ({clientX}, held) => {
        const share = (clientX - track.left) / track.width;
        this.move(Math.round(this.scale.min() + share * (this.scale.max() - this.scale.min())), held);
      };
      const drag = (moved) => to(moved, true);
      // A finger on a large surface may be about to scroll: it means the handle if it lifts where it was.
      const waits = event.pointerType === 'touch' && surface !== handle && surface !== trackElement;
      const drop = (dropped) => {
        surface.removeEventListener('pointermove', drag);
        surface.removeEventListener('pointerup', drop);
        surface.removeEventListener('pointercancel', drop);
        if (waits && dropped.type === 'pointerup') {
          to(dropped, true);
        }
        this.moved(this.value, false);
      };
      surface.addEventListener('pointerup', drop);
      surface.addEventListener('pointercancel', drop);
      if (waits) {
        return;
      }
      event.preventDefault();
      handle.focus({preventScroll: true});
      surface.setPointerCapture(event.pointerId);
      surface.addEventListener('pointermove', drag);
      if (surface !== handle) {
        drag(event);
      }
    });
  }
}
