// Decoded assets within a budget. Returns the sentences that do not hold.
return (async () => {
  const { GiftStore } = await import("/gift_store.js");
  const { found, holds, until } = probe.sentences();
  const closed = [];
  const asset = (name) => ({ name, close: () => closed.push(name) });
  const opening = (name, bytes) => async (reserve) => (reserve(bytes), asset(name));
  const refused = async (promise) => promise.then(() => null, (error) => error);

  const store = new GiftStore(100);
  const a = await store.hold("a", opening("a", 40));
  holds("an asset is opened once", (await store.hold("a", opening("other", 40))) === a);
  store.release("a");
  store.release("a");
  await store.hold("b", opening("b", 40));
  store.release("b");
  await store.hold("a", opening("a", 40));
  store.release("a");
  await store.hold("c", opening("c", 40));
  holds("what was used longest ago goes first", closed.join() === "b" && Object.keys(store.sizes).join() === "a,c");
  holds("what is larger than the budget is refused", (await refused(store.hold("d", opening("d", 101)))) instanceof RangeError);
  holds("a refused one is forgotten", !("d" in store.sizes));
  await store.hold("e", opening("e", 60));
  holds("what is not held makes room", closed.includes("a") && Object.keys(store.sizes).join() === "c,e");
  holds("what is held does not", (await refused(store.hold("f", opening("f", 1)))) instanceof RangeError && !closed.includes("c"));
  store.release("e");

  let arrive;
  const slow = store.hold("g", async (reserve) => {
    reserve(30);
    await new Promise((done) => (arrive = done));
    return asset("g");
  });
  holds("what is being decoded counts", (await refused(store.hold("h", opening("h", 40)))) instanceof RangeError);
  store.close();
  arrive();
  holds("what comes after the end is closed", (await refused(slow))?.name === "AbortError" && closed.includes("g"));
  await until("all is closed", () => closed.toSorted().join() === "a,b,c,e,g");
  return found;
})();
