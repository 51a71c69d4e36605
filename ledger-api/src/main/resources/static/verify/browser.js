// What a browser must be able to do before anything is checked in it.

export async function requireCryptography() {
  if (!globalThis.crypto?.subtle) {
    throw new Error('The browser gives cryptography only to pages that come over https, or from this machine.');
  }
  try {
    await crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify']);
  } catch (e) {
    if (e.name === 'NotSupportedError') {
      throw new Error('This browser does not know Ed25519 signatures yet; a newer one does.');
    }
  }
}
