previous=${2:-$(printf %064d 0)}  # SHA-256 of the line before the first; 64 zeroes where the chain begins
while IFS= read -r line || [ -n "$line" ]; do
  case $line in *'","previous":"'"$previous"'"}') ;; *) echo "BROKEN at $line"; exit 1 ;; esac
  previous=$(printf %s "$line" | sha256sum | cut -c 1-64)
done < "$1"; echo "intact; SHA-256 of the last line: $previous"
