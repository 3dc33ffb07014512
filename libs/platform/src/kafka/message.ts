/** A message as a handler sees it. Headers are left out on purpose: nothing of ours may depend on what a sender puts there. */
export interface ReceivedMessage {
  topic: string;
  partition: number;
  offset: string;
  key: string | null;
  value: Buffer;
}

/** Reads an internal message. @throws the schema's error, which makes it a dead letter */
export function readJson<T>(message: ReceivedMessage, schema: { parse(value: unknown): T }): T {
  return schema.parse(JSON.parse(message.value.toString('utf8')));
}
