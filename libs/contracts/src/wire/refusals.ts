/** Why a whole batch was refused (contracts.md, "A receipt"): what it means for the sender, and how to mend it. */
export const BATCH_REFUSALS = [
  'not_encrypted_to_hub',
  'unsigned',
  'bad_signature',
  'unknown_signer',
  'wrong_sender',
  'wrong_recipient',
  'replayed',
  'stale',
  'out_of_sequence',
  'manifest_invalid',
  'digest_mismatch',
  'count_mismatch',
  'feed_not_permitted',
  'too_large',
  'too_compressed',
  'malformed',
] as const;
export type BatchRefusal = (typeof BATCH_REFUSALS)[number];

export interface RefusalWords {
  means: string;
  mend: string;
}

export const refusalWords: Readonly<Record<BatchRefusal, RefusalWords>> = {
  not_encrypted_to_hub: {
    means: "The message was not encrypted to the hub's key.",
    mend: "Fetch the hub's current public key, check its fingerprint with the hub by telephone, and seal the batch again.",
  },
  unsigned: {
    means: 'The message carries no signature.',
    mend: "Seal the batch again with your agency's signing key.",
  },
  bad_signature: {
    means:
      'The signature does not fit the content (it was changed on its way, or sealed wrongly), or there is more than one signature.',
    mend: 'Seal the batch again from the source data, with exactly one key. If it happens twice, tell the hub.',
  },
  unknown_signer: {
    means: 'The key that signed is not registered for any agency, or was not valid when it signed.',
    mend: 'Sign with the key whose fingerprint you read out to the hub; if it has run out or was revoked, register a new one.',
  },
  wrong_sender: {
    means:
      'The agency named in the manifest, the owner of the signing key and the place it was sent to are not one agency.',
    mend: "Correct the sender in the manifest and send on your own agency's topic or certificate.",
  },
  wrong_recipient: {
    means: "The manifest names another recipient than the hub's key.",
    mend: "Put the fingerprint of the hub's current key in the manifest and seal again.",
  },
  replayed: {
    means: 'This batch of this submission was already received with other content.',
    mend: 'Send changed data as a new submission, with a new id and a higher sequence.',
  },
  stale: {
    means: 'The batch was made or signed too long ago, or in the future.',
    mend: "Check your machine's clock, extract again and send.",
  },
  out_of_sequence: {
    means: 'The sequence is not above that of the last submission accepted for this feed.',
    mend: 'Use a higher sequence. If you did not send the last one yourself, tell the hub at once.',
  },
  manifest_invalid: {
    means: 'The first line is not a manifest with all its fields.',
    mend: 'Make the manifest anew; `mash feed seal` writes a correct one.',
  },
  digest_mismatch: {
    means: 'The rows are not the ones the manifest was made for.',
    mend: 'Seal again, and write nothing after the digest was taken.',
  },
  count_mismatch: {
    means: 'There are more or fewer rows than the manifest says, or batches of one submission disagree about it.',
    mend: 'Seal the whole submission again.',
  },
  feed_not_permitted: {
    means: 'Your agreement does not let you send this feed.',
    mend: 'Send only the feeds your agreement names, or ask the hub to have it changed.',
  },
  too_large: {
    means: 'The message, or what it holds, is larger than the hub takes.',
    mend: 'Cut the submission into smaller batches.',
  },
  too_compressed: {
    means: 'The content grows far more on unpacking than real rows do.',
    mend: 'Seal without compression, or in smaller batches.',
  },
  malformed: {
    means: 'It is not an OpenPGP message, or its content is not lines of JSON in UTF-8.',
    mend: 'Seal again; `mash feed check` shows what is wrong with a file.',
  },
};
