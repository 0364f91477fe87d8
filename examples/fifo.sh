# Named pipes: opening one waits until somebody opens its other end. Run it by `minish examples/fifo.sh`, in a
# folder where it may make a file.

mkfifo hello.fifo || exit 1

# Both stages open the FIFO at the same time, each in its own process: a shell that opened it itself, before
# it started the other stage, would wait for ever.
echo "through a pipeline" > hello.fifo | cat < hello.fifo

# The same with the reader in the background.
cat < hello.fifo &
echo "to the background" > hello.fifo
wait

# And with the writer there.
echo "from the background" > hello.fifo &
cat < hello.fifo
wait

rm hello.fifo
