// The button to print with, where there is a script to do it.
const print = document.getElementById('print');
print.hidden = false;
print.addEventListener('click', () => window.print());
