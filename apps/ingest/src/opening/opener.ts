import { openMessage, type KeyProvider, type OpenLimits } from '#crypto';
import { KEYS } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { checkManifest, FRESH_MS, readLines, readManifest } from './manifest.js';
import type { Opened } from './opened-batch.js';
import { RegisteredKeys } from './registered-keys.js';

/**
 * Opens a feed message. Staged: the envelope and its one signature are verified before the manifest is read, the manifest is held
 * against topic, key and clock before a row is.
 */
@Injectable()
export class Opener {
  private hubFingerprint: string | null = null;

  constructor(
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(RegisteredKeys) private readonly registered: RegisteredKeys,
  ) {}

  /** @param agency the agency of the topic (or of the client certificate): what the message claims is held against it */
  async open(agency: string, message: Uint8Array, now = new Date(), limits?: Partial<OpenLimits>): Promise<Opened> {
    const known = await this.registered.all();
    const opened = await openMessage({
      message,
      decryptionKeys: [await this.keys.hubOpenPgpOpeningKey()],
      now,
      signers: known.filter((key) => key.agency === agency),
      allKnownSigners: known,
      limits: { maxSignatureAgeMs: FRESH_MS, ...limits },
    });
    if (!opened.ok) return { ok: false, refusal: { reason: opened.code } };

    const signer = opened.signer.fingerprint;
    const read = readManifest(Buffer.from(opened.payload));
    if (!read) return { ok: false, refusal: { reason: 'manifest_invalid', signer } };
    const { manifest, body } = read;
    const hub = await this.fingerprint();
    const wrong = checkManifest(manifest, { agency, hub, now, signedAt: opened.signedAt });
    if (wrong === 'wrong_sender') return { ok: false, refusal: { reason: wrong, signer } };
    if (wrong) return { ok: false, refusal: { reason: wrong, signer, manifest } };
    const rows = readLines(manifest, body);
    if ('reason' in rows) return { ok: false, refusal: { reason: rows.reason, signer, manifest } };
    return { ok: true, batch: { manifest, lines: rows.lines, signer } };
  }

  /** The hub's fingerprint as agencies write it into `recipient`. */
  private async fingerprint(): Promise<string> {
    this.hubFingerprint ??= (await this.keys.hubOpenPgpPublicKey()).getFingerprint().toUpperCase();
    return this.hubFingerprint;
  }
}
