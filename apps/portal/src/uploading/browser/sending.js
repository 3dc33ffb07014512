import { HubError } from '#contracts';

const TRIES = 6;

/** Hands one sealed batch to the hub. What may pass (a cut line, a busy hub) is tried again; the hub takes the same bytes once. */
export async function sendBatch({ csrf, feed, submission, batch, batches, message }) {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch('/api/agency/uploads', {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'error',
      headers: {
        'content-type': 'application/octet-stream',
        'x-csrf-token': csrf,
        'x-mash-feed': feed,
        'x-mash-submission': submission,
        'x-mash-batch': String(batch),
        'x-mash-batches': String(batches),
      },
      body: message,
    }).catch(() => null);
    if (answer?.status === 202) return;
    const passes = !answer || answer.status >= 500 || answer.status === 429;
    if (!passes || attempt === TRIES) throw await refusal(answer, batch);
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
  }
}

async function refusal(answer, batch) {
  const told = answer ? await answer.json().catch(() => null) : null;
  const before =
    batch === 1
      ? 'Nothing was sent.'
      : `Batches before ${batch} were sent; the hub waits for the rest and changes nothing until then.`;
  if (answer?.status === 401)
    return new HubError('not_signed_in', `You are signed out. ${before} Sign in and send the file again.`);
  if (!answer)
    return new HubError('busy', `The hub cannot be reached. ${before} Check your connection and send the file again.`);
  return new HubError(
    told?.error?.code ?? 'internal',
    `${told?.error?.message ?? 'The hub did not take it.'} ${before}`,
  );
}
