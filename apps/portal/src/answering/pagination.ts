/** What govukPagination takes; null when there is one page. Links keep the filter. */
export function pages(at: {
  page: number;
  size: number;
  total: number;
  path: string;
  query: Record<string, string | number | undefined>;
}) {
  const last = Math.ceil(at.total / at.size);
  if (last <= 1) return null;
  const href = (page: number) => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(at.query))
      if (value !== undefined && value !== '') query.set(key, String(value));
    if (page > 1) query.set('page', String(page));
    const text = query.toString();
    return text ? `${at.path}?${text}` : at.path;
  };
  const shown = [1, at.page - 1, at.page, at.page + 1, last].filter((page) => page >= 1 && page <= last);
  const items: object[] = [];
  let before = 0;
  for (const number of new Set(shown)) {
    if (number > before + 1) items.push({ ellipsis: true });
    items.push({ number, href: href(number), current: number === at.page });
    before = number;
  }
  return {
    items,
    previous: at.page > 1 ? { href: href(at.page - 1) } : undefined,
    next: at.page < last ? { href: href(at.page + 1) } : undefined,
  };
}
