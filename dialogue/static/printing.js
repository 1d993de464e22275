// A chart is drawn for the width of the screen; on paper its drawing is scaled as a whole.
const fit = () => document.querySelectorAll(".js-plotly-plot .svg-container").forEach((box) => {
  const { offsetWidth: width, offsetHeight: height } = box;
  if (!width) return;
  box.style.setProperty("--va-shape", `${width} / ${height}`);
  box.querySelectorAll(":scope > svg.main-svg").forEach((svg) => svg.setAttribute("viewBox", `0 0 ${width} ${height}`));
});
const restore = () => document.querySelectorAll(".js-plotly-plot svg.main-svg").forEach((svg) => svg.removeAttribute("viewBox"));
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => print();
  addEventListener("beforeprint", fit);
  addEventListener("afterprint", restore);
  return () => {
    removeEventListener("beforeprint", fit);
    removeEventListener("afterprint", restore);
  };
}
