/* global indexedDB */

/**
 * Where a browser keeps somebody's signing key, if they agree: locked with its passphrase, by account, so that two people at one machine
 * do not find each other's.
 */
const [DATABASE, STORE] = ['mash-signing-key', 'keys'];

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function done(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns the locked key of this account, or undefined; also where the browser keeps nothing (private windows) */
export async function keptKey(account) {
  return done('readonly', (store) => store.get(account)).catch(() => undefined);
}

export async function keepKey(account, { privateKeyArmored, fingerprint, readOut, publicKeyArmored }) {
  await done('readwrite', (store) => store.put({ privateKeyArmored, fingerprint, readOut, publicKeyArmored }, account));
}

export async function forgetKey(account) {
  await done('readwrite', (store) => store.delete(account));
}
