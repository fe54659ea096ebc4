// The sample merchant's own script: keeps its bag's badge in step with what happens inside <live-stall>.

const count = document.querySelector(".count");
const toast = document.querySelector(".toast");
let hiding;

function showBag(total) {
  count.textContent = String(total);
  count.hidden = total === 0;
}

function say(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), 3200);
}

// What the shopper is about to buy, each time it changes.
document.addEventListener("stall:cart", ({ detail }) => showBag(detail.quantity));

// An order, first when it is placed and again when it is settled.
document.addEventListener("stall:order", ({ detail }) => {
  if (detail.status === "held") return;
  showBag(0);
  say(detail.status === "paid" ? `已下单，订单号 ${detail.id}` : "订单已取消");
});

document.querySelector(".bag").addEventListener("click", () => document.querySelector("#live").scrollIntoView());
