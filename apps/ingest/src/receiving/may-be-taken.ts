import type { BatchRefusal, Manifest } from '#contracts';
import { feedAgreementNow, type Db, type FeedAgreement } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { BatchesRepository } from '../storing/batches.repository.js';

/** Thrown inside the transaction when only there it shows that the batch must be refused. */
export class RefuseBatch extends Error {
  constructor(readonly reason: BatchRefusal) {
    super(reason);
  }
}

/** Thrown inside the transaction when the very same bytes were taken meanwhile: by another instance, or the other entrance. */
export class AlreadyTaken extends Error {
  constructor(readonly batchId: string) {
    super('already taken');
  }
}

/** What can only be judged against what is stored, with the feed locked. */
@Injectable()
export class MayBeTaken {
  constructor(@Inject(BatchesRepository) private readonly batches: BatchesRepository) {}

  /**
   * Enters the submission where it is new.
   * @returns the agreement the batch is taken under
   * @throws RefuseBatch, AlreadyTaken
   */
  async require(tx: Db, agency: string, manifest: Manifest, signer: string, digest: Buffer): Promise<FeedAgreement> {
    const { feed, submission, batch } = manifest;
    const sequence = BigInt(manifest.sequence);
    const agreement = await feedAgreementNow(tx, agency, feed);
    if (agreement === null) throw new RefuseBatch('feed_not_permitted');
    const last = await this.batches.lastSequence(tx, agency, feed);
    const known = await this.batches.submission(tx, agency, submission);
    if (!known) {
      if (sequence <= last) throw new RefuseBatch('out_of_sequence');
      await this.batches.addSubmission(tx, agency, manifest, signer);
      return agreement;
    }
    const taken = await this.batches.taken(tx, agency, submission, batch);
    if (taken?.digest.equals(digest)) throw new AlreadyTaken(taken.id);
    if (taken) throw new RefuseBatch('replayed');
    const agrees =
      known.feed === feed && known.mode === manifest.mode && known.sequence === sequence && known.signer === signer;
    if (!agrees) throw new RefuseBatch('manifest_invalid');
    if (known.batches !== manifest.batches) throw new RefuseBatch('count_mismatch');
    // A later submission has begun: a batch of this one, held back till now, would put old rows in the place of newer ones.
    if (sequence < last) throw new RefuseBatch('out_of_sequence');
    return agreement;
  }
}
