// Colours and strokes. Okabe and Ito's colours (2008), which people with any colour vision tell apart,
// darkened or lightened until each has a contrast of 3:1 with the page. Lines differ in their dashes as
// well, so that nothing is told by colour alone.

import { Source } from './dom.js';

const LIGHT = ['#0072b2', '#c94f00', '#00805d', '#a8478a', '#4d4d4d', '#a36b00', '#2a7fb8', '#7a6f00'];
const DARK = ['#62b6ee', '#ff9255', '#2fcf9f', '#e9a0cb', '#d5d9de', '#f0b43c', '#9cd3ff', '#e6dc5a'];
const DASHES = [[], [7, 3], [2, 2.5], [9, 3, 2, 3], [4, 2], [12, 3], [7, 2, 2, 2, 2, 2]];
const KEY = 'saltus-theme';

/** Light, dark, or as the system is; a choice of this browser. */
class Theme extends Source {
  #system = matchMedia('(prefers-color-scheme: dark)');
  #names = null;

  constructor() {
    super();
    this.#system.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  get choice() {
    return localStorage.getItem(KEY) ?? 'auto';
  }

  choose(choice) {
    localStorage.setItem(KEY, choice);
    this.#apply();
  }

  get dark() {
    return this.choice === 'auto' ? this.#system.matches : this.choice === 'dark';
  }

  #apply() {
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
    this.#names = null;
    this.changed();
  }

  /** A colour of the style sheet, for what is drawn on a canvas or saved. */
  colour(name) {
    this.#names ??= getComputedStyle(document.documentElement);
    return this.#names.getPropertyValue('--' + name).trim();
  }
}

export const theme = new Theme();

/** The colour of the series at a place of a plot. */
export function colour(place) {
  const colours = theme.dark ? DARK : LIGHT;
  return colours[place % colours.length];
}

/** Its dashes, in pixels. The numbers of colours and dashes share no divisor: 56 pairs. */
export function dash(place) {
  return DASHES[place % DASHES.length];
}
