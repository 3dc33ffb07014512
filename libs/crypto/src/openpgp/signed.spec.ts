import { beforeAll, describe, expect, it } from '@jest/globals';
import { createMessage, enums, readPrivateKey, sign } from 'openpgp';
import { strictConfig } from './config.js';
import { generateAgencyKey, type GeneratedKey } from './generate.js';
import { readRegisteredKey, type RegisteredKey } from './read-keys.js';
import { sealMessage } from './seal.js';
import { openSignedMessage, signMessage } from './signed.js';

const payload = Buffer.from('{"format":"mash.ack/1"}');
let key: GeneratedKey;
let other: GeneratedKey;
let ashfield: RegisteredKey;
let gedling: RegisteredKey;

beforeAll(async () => {
  key = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield' });
  other = await generateAgencyKey({ agency: 'gedling', name: 'Gedling' });
  ashfield = await readRegisteredKey('ashfield', key.publicKeyArmored);
  gedling = await readRegisteredKey('gedling', other.publicKeyArmored);
});

const open = (message: Uint8Array) =>
  openSignedMessage({ message, now: new Date(), signers: [ashfield], allKnownSigners: [ashfield, gedling] });

describe('a signed message', () => {
  it('opens with its payload and who signed it', async () => {
    const opened = await open(await signMessage({ payload, signer: key.privateKeyArmored }));
    expect(opened).toMatchObject({ ok: true, signer: { agency: 'ashfield' } });
    expect(opened.ok && Buffer.from(opened.payload)).toEqual(payload);
  });

  it('opens compressed, as gpg makes it', async () => {
    const message = await sign({
      message: await createMessage({ binary: payload }),
      signingKeys: await readPrivateKey({ armoredKey: key.privateKeyArmored }),
      format: 'binary',
      config: { ...strictConfig, preferredCompressionAlgorithm: enums.compression.zlib },
    });
    expect(await open(message)).toMatchObject({ ok: true });
  });

  it("is refused with another agency's signature, and with a changed byte", async () => {
    expect(await open(await signMessage({ payload, signer: other.privateKeyArmored }))).toEqual({
      ok: false,
      code: 'wrong_sender',
    });
    const message = Buffer.from(await signMessage({ payload, signer: key.privateKeyArmored }));
    message[message.indexOf('mash.ack')]! ^= 1;
    expect(await open(message)).toEqual({ ok: false, code: 'bad_signature' });
  });

  it('is not a sealed one, nor bytes of another kind', async () => {
    const sealed = await sealMessage({ payload, recipients: [key.publicKeyArmored], signer: key.privateKeyArmored });
    expect(await open(sealed)).toEqual({ ok: false, code: 'malformed' });
    expect(await open(Buffer.from('no message'))).toEqual({ ok: false, code: 'malformed' });
  });
});
