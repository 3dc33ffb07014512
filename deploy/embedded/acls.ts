import kafkajs from 'kafkajs';
import type { AclEntry, Admin } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from './problem.js';
import type { Right } from './rights.js';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

const resourceOf = {
  topic: AclResourceTypes.TOPIC,
  group: AclResourceTypes.GROUP,
  transaction: AclResourceTypes.TRANSACTIONAL_ID,
  cluster: AclResourceTypes.CLUSTER,
};
const operationOf = {
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
  'write-idempotently': AclOperationTypes.IDEMPOTENT_WRITE,
};

function entryOf(right: Right): AclEntry {
  return {
    principal: `User:${right.principal}`,
    host: '*',
    resourceType: resourceOf[right.on],
    resourceName: right.name,
    resourcePatternType: right.match === 'exact' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
    operation: operationOf[right.may],
    permissionType: AclPermissionTypes.ALLOW,
  };
}

const keyOf = (acl: AclEntry) =>
  [
    acl.principal,
    acl.host,
    acl.resourceType,
    acl.resourcePatternType,
    acl.operation,
    acl.permissionType,
    acl.resourceName,
  ].join('|');

async function existing(admin: Admin): Promise<AclEntry[]> {
  const { resources } = await admin.describeAcls({
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  });
  return resources.flatMap(({ resourceType, resourceName, resourcePatternType, acls }) =>
    acls.map((acl) => ({ resourceType, resourceName, resourcePatternType, ...acl })),
  );
}

/** Makes the broker's rules exactly these: missing ones are added, others (of an older version, say) are taken away. */
export async function applyRights(admin: Admin, rights: readonly Right[]): Promise<{ added: number; removed: number }> {
  const wanted = new Map(rights.map(entryOf).map((acl) => [keyOf(acl), acl]));
  const there = new Map((await existing(admin)).map((acl) => [keyOf(acl), acl]));
  const added = [...wanted].filter(([key]) => !there.has(key)).map(([, acl]) => acl);
  const removed = [...there].filter(([key]) => !wanted.has(key)).map(([, acl]) => acl);
  if (removed.length > 0) await admin.deleteAcls({ filters: removed });
  if (added.length > 0) {
    await admin.createAcls({ acl: added });
    await untilInForce(admin, added);
  }
  return { added: added.length, removed: removed.length };
}

/** The broker answers before its authoriser knows the new rules; a service that starts in between would be refused. */
async function untilInForce(admin: Admin, added: AclEntry[]): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const there = new Set((await existing(admin)).map(keyOf));
    if (added.every((acl) => there.has(keyOf(acl)))) return;
    await sleep(50);
  }
  throw new StartProblem('timed_out', 'Kafka did not take its access rules within 5 s.');
}
