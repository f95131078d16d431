// Figures into lines: medians, the table, the claims. Measures nothing.

export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const show = (x) => (x >= 1000 ? Math.round(x).toLocaleString('en-GB') : x.toFixed(x >= 100 ? 0 : 1));

// A row: what was measured, its unit, and minimum, median and maximum over the rounds.
export function row(title, unit, list) {
  const figures = [Math.min(...list), median(list), Math.max(...list)];
  return `${title.padEnd(52)} ${unit.padEnd(5)} ${figures.map((x) => show(x).padStart(10)).join(' ')}`;
}

export function heading(text) {
  return `\n${text.padEnd(58)} ${['minimum', 'median', 'maximum'].map((x) => x.padStart(10)).join(' ')}`;
}

// `claim WHAT measured X bar Y holds`: at least the bar, or at most where `atMost`.
export function claim(what, measured, bar, atMost = false) {
  const holds = atMost ? measured <= bar : measured >= bar;
  return `claim ${what} measured ${measured.toFixed(3)} bar ${bar} ${holds ? 'holds' : 'falls-short'}`;
}
