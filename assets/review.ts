import "./review/page";
