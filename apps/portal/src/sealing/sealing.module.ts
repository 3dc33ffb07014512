import { RecordOpener, type KeyProvider } from '#crypto';
import { KEYS } from '#platform';
import { Global, Module } from '@nestjs/common';
import { SealedTexts } from './sealed-texts.js';

/** What opens records and seals what people write, for every page that needs it. */
@Global()
@Module({
  providers: [
    {
      provide: RecordOpener,
      inject: [KEYS],
      useFactory: async (keys: KeyProvider) => new RecordOpener(await keys.recordPrivateKeys()),
    },
    SealedTexts,
  ],
  exports: [RecordOpener, SealedTexts],
})
export class SealingModule {}
