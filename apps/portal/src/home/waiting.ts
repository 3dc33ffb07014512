import { Injectable } from '@nestjs/common';
import type { Role } from '../allowing/roles.js';
import type { SessionUser } from '../signing-in/session-user.js';

/** One thing that waits for somebody: a number, what it counts, and where to go. */
export interface Waiting {
  count: number;
  text: string;
  href: string;
  urgent?: boolean;
}

interface Source {
  roles: Role[];
  count(user: SessionUser): Promise<Waiting | null>;
}

/** What the start page shows. A step of the work adds its own line: inject WaitingWork and call `add` in `onModuleInit`. */
@Injectable()
export class WaitingWork {
  private readonly sources: Source[] = [];

  /** @param count null when there is nothing worth a tile */
  add(roles: Role[], count: Source['count']): void {
    this.sources.push({ roles, count });
  }

  async of(user: SessionUser): Promise<Waiting[]> {
    const own = this.sources.filter((source) => source.roles.some((role) => user.roles.includes(role)));
    const found = await Promise.all(own.map((source) => source.count(user)));
    return found.filter((one) => one !== null);
  }
}
