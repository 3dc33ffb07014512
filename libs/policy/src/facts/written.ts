/** Whether something was really written down: blanks are no reason. */
export function isWritten(text: string | null | undefined): boolean {
  return typeof text === 'string' && text.trim() !== '';
}
