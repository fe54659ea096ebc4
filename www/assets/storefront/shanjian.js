// The sample merchant's own script: keeps its bag's badge in step with what happens inside <live-stall>.

const count = document.querySelector(".count");
const toast = document.querySelector(".toast");
let inBag = 0;
let hiding;

function showBag(total) {
  inBag = Math.max(0, total);
  count.textContent = String(inBag);
  count.hidden = inBag === 0;
}

function say(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), 3200);
}

document.addEventListener("stall:cart", ({ detail }) => {
  showBag(Number.isInteger(detail?.count) ? detail.count : inBag + (detail?.quantity ?? 1));
  say("已放进购物袋");
});

document.addEventListener("stall:order", ({ detail }) => {
  showBag(0);
  say(detail?.id ? `已下单，订单号 ${detail.id}` : "已下单，感谢惠顾");
});

document.querySelector(".bag").addEventListener("click", () => document.querySelector("#live").scrollIntoView());
