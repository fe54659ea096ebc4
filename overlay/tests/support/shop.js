// A shop inside the page, at http://shop.test: its socket welcomes with the protocol's golden frame, its API keeps what
// is asked of it, and answers a POST when the test says so.
window.shop ??= (() => {
  const real = { fetch: window.fetch, WebSocket: window.WebSocket };
  const shop = { welcome: null, asked: [], waiting: [], sockets: [], traps: [], gifts: [], sent: [] };
  for (const kind of ["error", "unhandledrejection"]) {
    window.addEventListener(kind, (event) => shop.traps.push(String(event.reason ?? event.message)));
  }

  shop.open = (welcome) => Object.assign(shop, { welcome, asked: [], waiting: [], sockets: [], traps: [], sent: [] });

  /** Answers the oldest POST that waits; with status 0 the connection breaks. */
  shop.answer = (status, body) => shop.waiting.shift()(status, body);

  /** Sends a frame down every socket. */
  shop.send = (frame) => {
    for (const socket of shop.sockets) socket.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  };

  // What a cart comes to without coupons, in a shop that sends nothing.
  const quote = ({ lines }) => {
    const price = ({ product }) => shop.welcome.snapshot.products.find(({ id }) => id === product).price;
    const priced = lines.map((line) => ({ ...line, title: "", unit_price: price(line) }));
    const amount = priced.reduce((sum, line) => sum + line.unit_price.amount * line.quantity, 0);
    const total = { ...priced[0].unit_price, amount };
    return { lines: priced, subtotal: total, discount: { ...total, amount: 0 }, total, coupons: [], needs_address: false };
  };

  window.fetch = (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    if (origin !== "http://shop.test") return real.fetch.call(window, input, init);
    const respond = (status, body) => new Response(JSON.stringify(body), { status });
    if (request.method === "GET") {
      if (pathname.endsWith("/gifts")) return Promise.resolve(respond(200, shop.gifts));
      const products = pathname.endsWith("/products") ? shop.welcome.snapshot.products : [];
      return Promise.resolve(respond(200, products));
    }
    if (pathname.endsWith("/quotes")) return request.json().then((cart) => respond(200, quote(cart)));
    shop.asked.push(`${pathname} ${request.headers.get("idempotency-key")}`);
    return new Promise((resolve, reject) => {
      shop.waiting.push((status, body) => (status ? resolve(respond(status, body)) : reject(new TypeError("offline"))));
    });
  };

  class Socket extends EventTarget {
    constructor() {
      super();
      shop.sockets.push(this);
      setTimeout(() => shop.send(shop.welcome));
    }
    send(text) {
      const { command } = JSON.parse(text);
      if (command) shop.sent.push(command);
    }
    close() {}
  }
  window.WebSocket = function (url) {
    return url.startsWith("ws://shop.test/") ? new Socket() : new real.WebSocket(url);
  };
  return shop;
})();
