"""What a browser keeps of a page on its disk, as text that can be searched."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

_DATABASES = """async () => {
  const found = {}
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve, reject) => {
      const asked = indexedDB.open(name)
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    found[name] = {}
    for (const store of db.objectStoreNames) {
      found[name][store] = await new Promise((resolve, reject) => {
        const asked = db.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    }
    db.close()
  }
  return found
}"""
_CACHES = """async () => {
  const found = {}
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      found[`${name} ${request.url}`] = await (await cache.match(request)).text()
    }
  }
  return found
}"""
_SMALL = "() => ({ ...localStorage, ...sessionStorage, cookie: document.cookie, address: location.href })"

_NAMES = "async () => (await indexedDB.databases()).map(({ name }) => name)"

Databases = dict[str, dict[str, list[Any]]]


def databases(page: Page) -> Databases:
    """Every IndexedDB database: store by store, all rows."""
    found: Databases = page.evaluate(_DATABASES)
    return found


def names(page: Page) -> list[str]:
    """Which databases there are. Reading one would hold it open, and one that has just gone would be made anew."""
    found: list[str] = page.evaluate(_NAMES)
    return found


def elsewhere(page: Page) -> str:
    """Cache Storage, localStorage, sessionStorage and readable cookies."""
    return json.dumps([page.evaluate(_CACHES), page.evaluate(_SMALL)], ensure_ascii=False)


def as_text(rows: Any) -> str:
    return json.dumps(rows, ensure_ascii=False)
