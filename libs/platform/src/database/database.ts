import { Prisma, PrismaClient } from '#prisma';
import { PrismaPg } from '@prisma/adapter-pg';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** A transaction, or the database itself: what a repository is given. */
export type Db = Prisma.TransactionClient;

/** The connection of one service, as its own database role. */
@Injectable()
export class Database implements OnModuleDestroy {
  readonly client: PrismaClient;

  constructor(url: string) {
    this.client = new PrismaClient({
      adapter: new PrismaPg({ connectionString: url, max: 10 }),
      errorFormat: 'minimal',
    });
  }

  async onModuleDestroy() {
    await this.client.$disconnect();
  }

  /**
   * Runs an act whole or not at all: inbox check, effects, audit row and outbox belong in one of these.
   * @param act given the transaction; what it returns is returned after the commit
   */
  async unitOfWork<T>(act: (tx: Db) => Promise<T>, options: { timeoutMs?: number } = {}): Promise<T> {
    return this.client.$transaction(act, { timeout: options.timeoutMs ?? 30_000, maxWait: 10_000 });
  }
}
