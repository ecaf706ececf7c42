// What is lost in a window: cut, wider than it, or over another control.
() => {
  const told = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter(one => {
      const box = one.getBoundingClientRect();
      return box.right > root.clientWidth + 1 && box.width > 0 && !one.closest('.wide, .wall-scroll, .diagram');
    });
    told.push('wider than its window by ' + (root.scrollWidth - root.clientWidth) + ': ' +
      wide.slice(-3).map(one => one.outerHTML.slice(0, 120)).join(' | '));
  }
  const seen = one => one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && one.getClientRects().length;
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one);
    if (!seen(one) || one.closest('svg, .visually-hidden') || !one.textContent.trim()) continue;
    if (['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
      told.push('cut: ' + one.outerHTML.slice(0, 160));
    if (['hidden', 'clip'].includes(style.overflowY) && one.scrollHeight > one.clientHeight + 3 && one.clientHeight > 1)
      told.push('cut below: ' + one.outerHTML.slice(0, 160));
  }
  const stands = one => { for (let up = one; up; up = up.parentElement)
    if (['fixed', 'sticky'].includes(getComputedStyle(up).position)) return true; return false; };
  const controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(one => seen(one) && !stands(one));
  const boxes = controls.map(one => [one, [...one.getClientRects()]]);
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [a, first] = boxes[i], [b, second] = boxes[j];
    if (a.contains(b) || b.contains(a)) continue;
    if (first.some(p => second.some(q => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 3 &&
        Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 3)))
      told.push('over each other: ' + a.outerHTML.slice(0, 100) + ' | ' + b.outerHTML.slice(0, 100));
  }
  return told;
}
