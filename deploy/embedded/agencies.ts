import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENCIES } from '#contracts';
import { fingerprintOf, generateAgencyKey, readPublicKey } from '#crypto';
import { Authority } from './certificates.js';
import { writePrivately, type StateLayout } from './layout.js';

/** What the hub has to register of an agency. */
export interface AgencyKeyMaterial {
  id: string;
  name: string;
  folder: string;
  /** of the OpenPGP key, upper-case hex */
  fingerprint: string;
  publicKeyArmored: string;
}

/**
 * Plays every agency's own `mash agency init`, for development: OpenPGP keys and a client certificate in
 * `<state>/agencies/<id>`. In earnest the private keys are made at the agency and never seen here. Keeps what is there.
 * @param hubKeyFile the hub's public key, copied to each
 * @param logKey the audit log's verifier key: an agency pins it, so that no other log passes for the hub's
 */
export async function prepareAgencies(
  layout: StateLayout,
  hubKeyFile: string,
  logKey: string,
): Promise<AgencyKeyMaterial[]> {
  const authority = await Authority.open(layout);
  const hubKey = readFileSync(hubKeyFile, 'utf8');
  return Promise.all(
    AGENCIES.map(async ({ id, name }) => {
      const folder = join(layout.agencies, id);
      const file = (entry: string) => join(folder, entry);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await authority.identity(id, ['client'], {
        certFile: file('kafka.crt'),
        keyFile: file('kafka.key'),
        caFile: file('ca.crt'),
      });
      if (!existsSync(file('agency.pub.asc')) || !existsSync(file('agency.key.asc'))) {
        const key = await generateAgencyKey({ agency: id, name });
        writePrivately(file('agency.key.asc'), key.privateKeyArmored);
        writePrivately(file('agency.pub.asc'), key.publicKeyArmored);
      }
      writePrivately(file('hub.pub.asc'), hubKey);
      writePrivately(file('log.vkey'), `${logKey}\n`);
      const publicKeyArmored = readFileSync(file('agency.pub.asc'), 'utf8');
      return { id, name, folder, publicKeyArmored, fingerprint: fingerprintOf(await readPublicKey(publicKeyArmored)) };
    }),
  );
}
