/** Injection tokens of what is not a class. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const KAFKA_IDENTITY = Symbol('kafka identity');
export const KEYS = Symbol('key provider');
