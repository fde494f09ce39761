// The stretch of an axis that plots beside each other show together. Moving it redraws them without going
// through Preact, sixty times a second; where it comes to rest, the page fetches finer data.

import { Source } from './dom.js';

const REST = 180;

export class Range extends Source {
  #timer = 0;
  #rested;
  #address = null;
  full = [0, 1];
  shown = null;
  log = false;

  /** @param rested called with the window, or null for all, when it has come to rest */
  constructor(rested = () => {}) {
    super();
    this.#rested = rested;
  }

  /** What is shown now; on a logarithmic axis it begins at 1 at the least. */
  get now() {
    let [low, high] = this.shown ?? this.full;
    if (this.log) {
      low = Math.max(1, low);
      high = Math.max(low, high);
    }
    return low < high ? [low, high] : [low - (this.log ? 0 : 0.5), high + (this.log ? 1 : 0.5)];
  }

  /** All there is; a window that is shown stays. */
  setFull(full) {
    if (full !== null && (full[0] !== this.full[0] || full[1] !== this.full[1])) {
      this.full = full;
      this.changed();
    }
  }

  setLog(log) {
    if (this.log !== log) {
      this.log = log;
      this.changed();
    }
  }

  /**
   * From an address: nothing is told to the page, which knows. A window that moves just now goes on: the address
   * is still that of an earlier rest.
   */
  restore(shown) {
    const before = this.#address;
    this.#address = String(shown);
    if (this.#timer === 0 && this.#address !== before && this.#address !== String(this.shown)) {
      this.shown = shown;
      this.changed();
    }
  }

  set(low, high) {
    if (high - low < 1e-9) {
      return;
    }
    this.shown = [low, high];
    this.#moved();
  }

  reset() {
    this.shown = null;
    this.#moved();
  }

  /** Closer with a factor above 1, around a place, by default the middle. */
  zoom(factor, around = null) {
    const [low, high] = this.now.map(this.#forth);
    const centre = around === null ? (low + high) / 2 : this.#forth(around);
    const a = this.#back(centre - (centre - low) / factor);
    const b = this.#back(centre + (high - centre) / factor);
    if (a <= this.full[0] && b >= this.full[1]) {
      this.reset();
    } else if (b - a >= Math.min(1, (this.full[1] - this.full[0]) / 1e4)) {
      this.set(Math.max(a, this.full[0]), Math.min(b, this.full[1]));
    }
  }

  /** Sideways by a fraction of what is shown, not beyond the ends. */
  pan(fraction) {
    const [low, high] = this.now.map(this.#forth);
    const [least, most] = (this.log ? [Math.max(1, this.full[0]), this.full[1]] : this.full).map(this.#forth);
    const shift = Math.min(Math.max((high - low) * fraction, least - low), most - high);
    if (shift !== 0) {
      this.set(this.#back(low + shift), this.#back(high + shift));
    }
  }

  #forth = (x) => (this.log ? Math.log10(Math.max(x, 1e-12)) : x);
  #back = (x) => (this.log ? 10 ** x : x);

  #moved() {
    this.changed();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.#rested(this.shown);
    }, REST);
  }
}
