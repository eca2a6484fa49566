// The page of webui/, as the build left it at REPORT_PAGE.
  .section .rodata
  .global outlast_report_page
  .global outlast_report_page_end
outlast_report_page:
  .incbin REPORT_PAGE
outlast_report_page_end:
  .byte 0
  .section .note.GNU-stack, "", %progbits
