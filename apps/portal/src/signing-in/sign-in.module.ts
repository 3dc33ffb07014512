import { Module } from '@nestjs/common';
import { IdentityProvider } from './identity-provider.js';
import { SignInController } from './sign-in.controller.js';

@Module({ controllers: [SignInController], providers: [IdentityProvider] })
export class SignInModule {}
