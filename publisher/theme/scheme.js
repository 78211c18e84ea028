for(let r of document.getElementsByName("scheme")){try{let s=localStorage;r.checked=r.value==(s.scheme||"auto");r.onchange=()=>{s.scheme=r.value}}catch{}}
