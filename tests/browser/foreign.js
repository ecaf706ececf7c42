// Chinese words that do not say that they are Chinese.
() => {
  const told = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode, up = one.parentElement;
    if (/[\u4e00-\u9fff]/.test(one.data) && !up.closest('[lang^=zh], script, style, textarea')) told.push('Chinese: ' + one.data.trim().slice(0, 60));
  }
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (/[\u4e00-\u9fff]/.test(one.getAttribute(name) || '') && !one.closest('[lang^=zh]'))
        told.push('Chinese ' + name + ': ' + one.getAttribute(name).slice(0, 60));
  return told;
}
