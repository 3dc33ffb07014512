/** What is wrong with an SVG as XML; empty when every element is closed and nothing stands unescaped. */
export function xmlProblems(svg: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const left = svg.replace(
    /<(\/?)([a-z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/gi,
    (_tag, closing: string, name: string, _attributes, empty: string) => {
      if (closing && open.pop() !== name) problems.push(`</${name}> closes something else`);
      if (!closing && !empty) open.push(name);
      return '';
    },
  );
  if (open.length > 0) problems.push(`not closed: ${open.join(', ')}`);
  if (/[<>]|&(?!amp;|lt;|gt;|quot;)/.test(left)) problems.push('not escaped');
  return problems;
}
